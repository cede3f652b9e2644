package account

import "fmt"

// Role is what a user may do beyond playing. Each may do all that is said of
// those before it, except that a bot is not a person.
type Role string

// The roles. They are stored; never rename one.
const (
	RoleUser      Role = "user"
	RoleBot       Role = "bot" // plays by program, and says so
	RoleModerator Role = "moderator"
	RoleAdmin     Role = "admin"
)

// ParseRole reads a role, and refuses what is none with ErrInvalid.
func ParseRole(s string) (Role, error) {
	switch r := Role(s); r {
	case RoleUser, RoleBot, RoleModerator, RoleAdmin:
		return r, nil
	}
	return "", fmt.Errorf("%w: a role is user, bot, moderator or admin", ErrInvalid)
}

// String names the role, also the empty one.
func (r Role) String() string {
	if r == "" {
		return string(RoleUser)
	}
	return string(r)
}
