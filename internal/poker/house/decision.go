package house

import (
	"encoding/json"

	"kibitz/internal/poker"
)

// Decision is what a character does. The zero Decision is nothing.
type Decision struct {
	// Type is the action as a table knows it: that of a poker.Act, or "buy",
	// "sit-in" and "leave".
	Type string
	// Amount is the chips in front of the character afterwards for a bet or a
	// raise, what is added for a call, how often the board is dealt for "run",
	// and the chips to buy.
	Amount poker.Chips
	// Post means that who sits in posts what he owes, and does not wait.
	Post bool
	// Hard says how close the decision was, from 0 to 1, for Pause.
	Hard float64
}

// JSON returns the decision as its player would send it. Decisions that are
// nothing have none.
func (d Decision) JSON() []byte {
	if d.Type == "" {
		return nil
	}
	body := map[string]any{"type": d.Type}
	switch d.Type {
	case string(poker.Bet), string(poker.Raise):
		body["to"] = d.Amount
	case string(poker.Call):
		body["amount"] = d.Amount
	case string(poker.Run):
		body["times"] = d.Amount
	case typeBuy:
		body["chips"] = d.Amount
	case typeSitIn:
		body["post"] = d.Post
	}
	data, err := json.Marshal(body)
	if err != nil {
		return nil // a map of strings, numbers and booleans has JSON
	}
	return data
}

// hard returns the decision with how close it was.
func (d Decision) hard(how float64) Decision {
	d.Hard = min(1, max(0, how))
	return d
}

// fold gives up, or checks where that costs nothing.
func (c *scene) fold() Decision {
	if c.legal.Call == 0 {
		return Decision{Type: string(poker.Check)}
	}
	return Decision{Type: string(poker.Fold)}
}

// call calls, or checks.
func (c *scene) call() Decision {
	if c.legal.Call == 0 {
		return Decision{Type: string(poker.Check)}
	}
	return Decision{Type: string(poker.Call), Amount: c.legal.Call}
}

// raise bets or raises to about so much, or calls where that is not possible.
func (c *scene) raise(to poker.Chips) Decision {
	if !c.legal.CanRaise() {
		return c.call()
	}
	d := Decision{Type: string(poker.Raise), Amount: c.fit(to)}
	if c.view.Price == 0 {
		d.Type = string(poker.Bet)
	}
	return d
}

// fit returns the size nearest to one that is legal. What would leave little
// behind goes all-in.
func (c *scene) fit(to poker.Chips) poker.Chips {
	most := c.me.Bet + c.me.Stack
	if !c.fixed() && 3*(most-to) < most {
		to = most
	}
	if to <= c.legal.MinTo {
		return c.legal.MinTo
	}
	if to >= c.legal.MaxTo {
		return c.legal.MaxTo
	}
	step := max(1, c.legal.Step)
	return to - (to-c.legal.MinTo)%step
}
