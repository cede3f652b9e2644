package account

import "errors"

// ErrNotSignedIn: there is no session, or not any more.
var ErrNotSignedIn = errors.New("you are not signed in")

// ErrUnknown: no such user.
var ErrUnknown = errors.New("unknown user")

// ErrNameTaken: somebody else has that name; letters differing only in case
// count as the same.
var ErrNameTaken = errors.New("that name is taken")

// ErrWrong: the name, the password or the code is wrong. It never says which.
var ErrWrong = errors.New("wrong name or password")

// ErrInvalid: a name, a password or another value that nobody may have. What
// follows it says what to change.
var ErrInvalid = errors.New("that cannot be used")

// ErrConfirm: the change needs the password, or a sign-in of a moment ago.
var ErrConfirm = errors.New("please confirm it with your password")

// ErrDenied: the user may not do that, or nobody may.
var ErrDenied = errors.New("that is not allowed")

// ErrNotFound: there is no such thing, or it is none of the user's business.
var ErrNotFound = errors.New("there is nothing of that name")

// ErrChanged: somebody else changed it meanwhile; read it again.
var ErrChanged = errors.New("it has changed meanwhile")

// ErrBusy: more people sign in at once than the server can check.
var ErrBusy = errors.New("many people are signing in; please try again")
