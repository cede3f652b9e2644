package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"
)

// Recovery codes are ten, each of 120 bits, so that a plain hash keeps them.
const (
	recoveryCodes  = 10
	recoveryGroups = 6
	recoveryGroup  = 4
)

// hashCode returns the hash under which a recovery code is kept. Case, spaces
// and hyphens do not matter, nor letters that look like digits.
func hashCode(code string) TokenHash {
	code = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-':
			return -1
		case 'O':
			return '0'
		case 'I', 'L':
			return '1'
		}
		return r
	}, strings.ToUpper(code))
	return sha256.Sum256([]byte(code))
}

// newCodes draws recovery codes; only the hashes are to be kept.
func (p People) newCodes() (codes []string, hashes []TokenHash, err error) {
	for range recoveryCodes {
		word, err := draw(p.Random, recoveryGroups*recoveryGroup, guestLetters)
		if err != nil {
			return nil, nil, err
		}
		code := word[:recoveryGroup]
		for at := recoveryGroup; at < len(word); at += recoveryGroup {
			code += "-" + word[at:at+recoveryGroup]
		}
		codes, hashes = append(codes, code), append(hashes, hashCode(code))
	}
	return codes, hashes, nil
}

// NewCodes replaces the recovery codes of an account. They are shown this once.
// The login must have been confirmed.
func (p People) NewCodes(ctx context.Context, id ID) ([]string, error) {
	codes, hashes, err := p.newCodes()
	if err != nil {
		return nil, err
	}
	return codes, p.member(ctx, id, func(a *Account) error { a.Recovery = hashes; return nil })
}

// useCode takes a recovery code of an account, once, or returns ErrWrong.
func (p People) useCode(ctx context.Context, id ID, code string) error {
	hash := hashCode(code)
	return p.Store.Change(ctx, id, func(a *Account) error {
		i := slices.Index(a.Recovery, hash)
		if i < 0 || a.Closed {
			return ErrWrong
		}
		a.Recovery = slices.Delete(a.Recovery, i, i+1)
		return nil
	})
}

// Recovery is what somebody says who forgot a password.
type Recovery struct {
	Name, Code, Password string
	From                 Client
}

// Recover sets a new password by a recovery code, and ends all sessions.
// Whoever has a second factor has to give it, or one more code; then need is
// set, and the entry empty. The password is judged first, so that its refusal
// tells nothing about the code.
func (p People) Recover(ctx context.Context, r Recovery) (e Entry, need ID, err error) {
	if err := CheckPassword(r.Password, r.Name); err != nil {
		return Entry{}, "", err
	}
	a, err := p.Store.Named(ctx, r.Name)
	if err == nil {
		err = p.useCode(ctx, a.ID, r.Code)
	}
	if err != nil {
		if errors.Is(err, ErrUnknown) {
			err = ErrWrong
		}
		return Entry{}, "", err
	}
	return p.restart(ctx, a, r.Password, r.From)
}

// restart sets a new password of somebody who forgot the old one, ends all
// sessions, and opens one unless there is a second factor.
func (p People) restart(ctx context.Context, a Account, password string, from Client) (Entry, ID, error) {
	if err := p.ResetPassword(ctx, a.User, password); err != nil {
		return Entry{}, "", err
	}
	if _, err := p.Store.EndOthers(ctx, a.ID, TokenHash{}); err != nil {
		return Entry{}, "", err
	}
	if a.TOTP.On {
		return Entry{}, a.ID, nil
	}
	e, err := p.enter(ctx, a.User, from, nil)
	return e, "", err
}

// LinkLife is how long a link for a new password can be used.
const LinkLife = 30 * time.Minute

// Link lets its bearer set a new password, once.
type Link struct {
	Hash    TokenHash
	User    ID
	Expires time.Time
}

// Links keeps links. It is safe for concurrent use.
type Links interface {
	// AddLink stores a link, and voids those that the user had.
	AddLink(ctx context.Context, l Link) error
	// TakeLink returns a link and voids it, or fails with ErrNotFound.
	TakeLink(ctx context.Context, hash TokenHash) (Link, error)
}

// NewLink makes the token of a link.
func (p People) NewLink(ctx context.Context, id ID) (string, error) {
	token, hash, err := NewToken(p.Random)
	if err != nil {
		return "", err
	}
	return token, p.Store.AddLink(ctx, Link{Hash: hash, User: id, Expires: p.now().Add(LinkLife)})
}

// FollowLink sets a new password by the token of a link, and ends all
// sessions. Whoever has a second factor has to give it; then need is set, and
// the entry empty.
func (p People) FollowLink(ctx context.Context, token, password string, from Client) (e Entry, need ID, err error) {
	if err := CheckPassword(password); err != nil {
		return Entry{}, "", err
	}
	hash, err := HashToken(token)
	if err != nil {
		return Entry{}, "", ErrWrong
	}
	l, err := p.Store.TakeLink(ctx, hash)
	if errors.Is(err, ErrNotFound) || err == nil && p.now().After(l.Expires) {
		return Entry{}, "", ErrWrong
	}
	if err != nil {
		return Entry{}, "", err
	}
	a, err := p.Store.Account(ctx, l.User)
	if err != nil {
		return Entry{}, "", err
	}
	e, need, err = p.restart(ctx, a, password, from)
	if errors.Is(err, ErrInvalid) { // it holds the name; let them try again
		err = errors.Join(err, p.Store.AddLink(ctx, l))
	}
	return e, need, err
}
