package account

import (
	"context"
	"fmt"
)

// Challenged returns whom a user challenges by name. Who blocks the user, is
// blocked by the user, or does not take challenges from such users is refused
// with one and the same ErrDenied, so that nobody learns of a block by it.
func (p People) Challenged(ctx context.Context, from User, name string) (User, error) {
	other, err := p.named(ctx, name)
	if err != nil {
		return User{}, err
	}
	if other.ID == from.ID {
		return User{}, fmt.Errorf("%w: nobody can challenge themselves", ErrInvalid)
	}
	may, err := p.May(ctx, from, ToChallenge, other.ID)
	if err == nil && !may {
		err = fmt.Errorf("%w: %s does not take challenges from you", ErrDenied, other.Name)
	}
	return other.User, err
}
