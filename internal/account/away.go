package account

import "errors"

// ErrAway is wrapped by a store whose database does not answer: nothing is known
// of the outcome, and it is worth another try. Running games need no database.
var ErrAway = errors.New("accounts and finished games cannot be read or stored at the moment; running games go on; please try again soon")
