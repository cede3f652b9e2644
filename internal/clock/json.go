package clock

import (
	"encoding/json"
	"fmt"
	"math"
)

// controlJSON is the stored and published form of a Control.
type controlJSON struct {
	InitialMillis   int64 `json:"initial_ms"`
	IncrementMillis int64 `json:"increment_ms"`
	DelayMillis     int64 `json:"delay_ms,omitempty"`
	Days            int   `json:"days,omitempty"`
}

// MarshalJSON writes whole milliseconds, and the delay and the days only where
// there are any.
func (c Control) MarshalJSON() ([]byte, error) {
	return json.Marshal(controlJSON{c.Initial.Milliseconds(), c.Increment.Milliseconds(), c.Delay.Milliseconds(), c.Days})
}

// UnmarshalJSON reads what MarshalJSON wrote. A number that no Control can
// hold is refused with ErrControl; whether the server offers the Control is
// for Validate to say.
func (c *Control) UnmarshalJSON(data []byte) error {
	var j controlJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return fmt.Errorf("%w: %w", ErrControl, err)
	}
	for _, ms := range []int64{j.InitialMillis, j.IncrementMillis, j.DelayMillis} {
		if ms < 0 || ms > maxMillis {
			return fmt.Errorf("%w: %d ms is not from 0 to %d", ErrControl, ms, maxMillis)
		}
	}
	if j.Days < 0 || j.Days > maxDays {
		return fmt.Errorf("%w: %d days is not from 0 to %d", ErrControl, j.Days, maxDays)
	}
	*c = Control{fromMillis(j.InitialMillis), fromMillis(j.IncrementMillis), fromMillis(j.DelayMillis), j.Days}
	return nil
}

// maxMillis bounds every stored time, far above what is offered and far below
// what a sum of forty could overflow.
const maxMillis = math.MaxInt32

// maxDays bounds every stored number of days in the same way.
const maxDays = 1000
