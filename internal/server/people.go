package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/credential"
	"kibitz/internal/httpapi"
	"kibitz/internal/mail"
	"kibitz/internal/sqlstore"
)

// hasher checks the passwords of this process.
func hasher() *credential.Argon {
	return credential.NewArgon(credential.Standard, runtime.GOMAXPROCS(0), rand.Reader)
}

// OpenPeople opens the accounts of a server for who runs it, also while it
// runs. The closer must be closed in the end.
func OpenPeople(ctx context.Context, cfg Config) (account.People, io.Closer, error) {
	if _, err := os.Stat(cfg.Data); cfg.Database == "" && (cfg.Data == "" || err != nil) {
		return account.People{}, nil, fmt.Errorf("%w: there is no data folder %q", ErrConfig, cfg.Data)
	}
	store, err := sqlstore.Open(ctx, cmp.Or(cfg.Database, filepath.Join(cfg.Data, databaseFile)))
	if err != nil {
		return account.People{}, nil, fmt.Errorf("database: %w", err)
	}
	return account.People{
		Store: store, Hasher: hasher(), OneTime: credential.TOTP{Random: rand.Reader}, Authenticator: credential.Passkeys{},
		Random: rand.Reader, Now: time.Now,
	}, store, nil
}

// edgePeople is what the edge needs about people.
type edgePeople struct {
	send    func(ctx context.Context, to, subject, text string) error
	proxies httpapi.Proxies
	first   string
}

// people reads the settings that are about people.
func (s *Server) people() (p edgePeople, err error) {
	if p.send, err = s.cfg.Mail.sender(); err != nil {
		return p, err
	}
	p.proxies.Header = s.cfg.ProxyHeader
	if p.proxies.Trusted, err = parseProxies(s.cfg.TrustedProxies); err != nil {
		return p, err
	}
	s.first, err = firstCode(context.Background(), s.stores.accounts)
	p.first = s.first
	return p, err
}

// Mail is how letters are sent; with an empty Server none are.
type Mail struct {
	// Server is HOST:PORT, From the address that letters come from.
	Server, From string
	// User and Password sign in there.
	User, Password string
}

// sender returns the function that sends letters; nil for none.
func (m Mail) sender() (func(ctx context.Context, to, subject, text string) error, error) {
	if m.Server == "" {
		return nil, nil
	}
	s := mail.Sender{Server: m.Server, From: m.From, User: m.User, Password: m.Password}
	if err := s.Check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return s.Send, nil
}

// parseProxies reads a list of addresses and networks, with commas between.
func parseProxies(list string) ([]netip.Prefix, error) {
	var all []netip.Prefix
	for word := range strings.SplitSeq(list, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		if a, err := netip.ParseAddr(word); err == nil {
			all = append(all, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(word)
		if err != nil {
			return nil, fmt.Errorf("%w: trusted proxies are addresses or networks such as 10.0.0.0/8, not %q", ErrConfig, word)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// codeLetters are those that nobody mistakes for another.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// firstCode returns the code for the first admin, and an empty one when there
// is an admin.
func firstCode(ctx context.Context, accounts account.Accounts) (string, error) {
	switch n, err := accounts.Admins(ctx); {
	case err != nil:
		return "", fmt.Errorf("count admins: %w", err)
	case n > 0:
		return "", nil
	}
	return RandomWord(3)
}

// RandomWord draws a secret of groups of four letters, each worth 19 bits.
func RandomWord(groups int) (string, error) {
	var b strings.Builder
	for n := 0; n < groups*4; {
		var one [1]byte
		if _, err := rand.Read(one[:]); err != nil {
			return "", fmt.Errorf("draw a code: %w", err)
		}
		v := int(one[0] & 31)
		if v >= len(codeLetters) {
			continue
		}
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeLetters[v])
		n++
	}
	return b.String(), nil
}

// forgetting is accounts that are not in the database of the archive: it is
// told of those that are closed.
type forgetting struct {
	account.Store
	archive archive.Erasures
}

// Erase implements account.Accounts.
func (f forgetting) Erase(ctx context.Context, id account.ID, change func(*account.Account) error) error {
	if err := f.Store.Erase(ctx, id, change); err != nil {
		return err
	}
	return f.archive.Forget(ctx, id)
}
