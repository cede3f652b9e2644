package poker

// Told is a decision, and the street on which it was made.
type Told struct {
	Street string `json:"street"`
	Acted
}

// tale is the last decision of a hand, and those before it; nil is none. It is
// never written to after it was made, and all later states share it.
type tale struct {
	Told
	before *tale
	// nth counts from 1.
	nth int
}

// and returns the tale with one more decision.
func (t *tale) and(last Told) *tale {
	nth := 1
	if t != nil {
		nth += t.nth
	}
	return &tale{last, t, nth}
}

// all returns the decisions, the first one first.
func (t *tale) all() []Told {
	if t == nil {
		return nil
	}
	all := make([]Told, t.nth)
	for ; t != nil; t = t.before {
		all[t.nth-1] = t.Told
	}
	return all
}
