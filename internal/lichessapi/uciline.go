package lichessapi

// uciLine is moves in UCI notation, which encode as one string with spaces
// between.
type uciLine []string

// MarshalJSON implements json.Marshaler. Moves need no escapes.
func (l uciLine) MarshalJSON() ([]byte, error) {
	dst := make([]byte, 0, 2+6*len(l))
	dst = append(dst, '"')
	for i, m := range l {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, m...)
	}
	return append(dst, '"'), nil
}
