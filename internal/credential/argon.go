// Package credential checks what people prove themselves with: passwords,
// one-time codes and passkeys. It implements the ports of package account.
package credential

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"

	"kibitz/internal/account"
)

// Params are the costs of a password hash.
type Params struct {
	// MemoryKiB is the memory of one hash, Time the passes over it, and
	// Threads the lanes.
	MemoryKiB, Time uint32
	Threads         uint8
}

// Standard is what passwords are hashed with: the first choice for argon2id of
// the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane).
var Standard = Params{MemoryKiB: 19 << 10, Time: 2, Threads: 1}

// Bounds on what a stored hash may ask for, so that a database that was
// tampered with cannot take all memory.
const (
	mostMemoryKiB = 1 << 20
	mostTime      = 16
	saltLen       = 16
	keyLen        = 32
)

// maxWaiting is how many passwords may wait for one that is being hashed.
const maxWaiting = 64

// Argon hashes passwords with argon2id (RFC 9106). It is safe for concurrent
// use.
type Argon struct {
	params Params
	random io.Reader
	// slots bounds how many run at once, and queue how many run or wait.
	slots, queue chan struct{}
}

var _ account.Hasher = (*Argon)(nil)

// NewArgon returns a hasher of which at most parallel hashes run at once, each
// in the memory of the parameters. random is usually crypto/rand.Reader.
func NewArgon(p Params, parallel int, random io.Reader) *Argon {
	parallel = max(parallel, 1)
	return &Argon{params: p, random: random,
		slots: make(chan struct{}, parallel), queue: make(chan struct{}, parallel+maxWaiting)}
}

// enter waits for a turn.
func (a *Argon) enter(ctx context.Context) error {
	select {
	case a.queue <- struct{}{}:
	default:
		return account.ErrBusy
	}
	select {
	case a.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-a.queue
		return ctx.Err()
	}
}

func (a *Argon) leave() {
	<-a.slots
	<-a.queue
}

// Hash implements account.Hasher.
func (a *Argon) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	if _, err := io.ReadFull(a.random, salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	if err := a.enter(ctx); err != nil {
		return "", err
	}
	defer a.leave()
	return format(a.params, salt, a.params.key(password, salt, keyLen)), nil
}

// Verify implements account.Hasher.
func (a *Argon) Verify(ctx context.Context, hash, password string) (ok, stale bool, err error) {
	p, salt, want := a.params, make([]byte, saltLen), make([]byte, keyLen)
	if hash != "" {
		if p, salt, want, err = parse(hash); err != nil {
			return false, false, err
		}
	}
	if err := a.enter(ctx); err != nil {
		return false, false, err
	}
	defer a.leave()
	same := subtle.ConstantTimeCompare(p.key(password, salt, uint32(len(want))), want) == 1
	return same && hash != "", p != a.params, nil
}

func (p Params) key(password string, salt []byte, n uint32) []byte {
	return argon2.IDKey([]byte(password), salt, p.Time, p.MemoryKiB, p.Threads, n)
}

// format writes the PHC string form.
func format(p Params, salt, key []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.MemoryKiB, p.Time, p.Threads, b64(salt), b64(key))
}

var errHash = errors.New("a stored password hash cannot be read")

// parse reads the PHC string form.
func parse(s string) (p Params, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.MemoryKiB, &p.Time, &p.Threads); err != nil {
		return p, nil, nil, errHash
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	switch {
	case err1 != nil || err2 != nil || len(salt) < 8 || len(key) < 16 || len(key) > 64:
		return p, nil, nil, errHash
	case p.MemoryKiB == 0 || p.MemoryKiB > mostMemoryKiB || p.Time == 0 || p.Time > mostTime || p.Threads == 0:
		return p, nil, nil, errHash
	}
	return p, salt, key, nil
}
