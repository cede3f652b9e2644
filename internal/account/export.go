package account

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"time"
)

// Games gives the games of a user, for an export.
type Games interface {
	// WritePGN writes all games of a user as PGN.
	WritePGN(ctx context.Context, user ID, w io.Writer) error
}

// Hands are Games that have hands besides.
type Hands interface {
	// WriteHands writes all hands of a user as PHH, with the cards that the user
	// knew.
	WriteHands(ctx context.Context, user ID, w io.Writer) error
}

// readme stands in every export.
const readme = `Everything that this Kibitz server knows of you.

profile.json   your account
sessions.json  where you are signed in
passkeys.json  your passkeys; the secret halves are on your devices
tokens.json    your personal access tokens, without the secrets
settings.json  your settings
blocks.json    whom you block
games.pgn      your games, when this server keeps an archive
hands.phhs     your hands of poker, in the Poker Hand History format

Times are UTC. Passwords, codes and tokens are kept as hashes only, which are of no use to you and are left out.
`

// Export writes a zip of everything that is known of a user. games may be nil.
func (p People) Export(ctx context.Context, id ID, games Games, to io.Writer) error {
	z := zip.NewWriter(to)
	if err := p.exportParts(ctx, id, z); err != nil {
		return err
	}
	if err := p.exportGames(ctx, id, games, z); err != nil {
		return err
	}
	return z.Close()
}

func (p People) exportGames(ctx context.Context, id ID, games Games, z *zip.Writer) error {
	if games == nil {
		return nil
	}
	w, err := p.part(z, "games.pgn")
	if err == nil {
		err = games.WritePGN(ctx, id, w)
	}
	hands, ok := games.(Hands)
	if err != nil || !ok {
		return err
	}
	if w, err = p.part(z, "hands.phhs"); err != nil {
		return err
	}
	return hands.WriteHands(ctx, id, w)
}

func (p People) part(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.now()})
}

func (p People) exportParts(ctx context.Context, id ID, z *zip.Writer) error {
	w, err := p.part(z, "README.txt")
	if err == nil {
		_, err = io.WriteString(w, readme)
	}
	if err != nil {
		return err
	}
	for _, x := range []struct {
		name string
		read func(context.Context, ID) (any, error)
	}{
		{"profile.json", p.exportProfile}, {"sessions.json", p.exportSessions}, {"passkeys.json", p.exportPasskeys},
		{"tokens.json", p.exportTokens}, {"settings.json", p.exportSettings}, {"blocks.json", p.exportBlocks},
	} {
		v, err := x.read(ctx, id)
		if err != nil {
			return err
		}
		w, err := p.part(z, x.name)
		if err != nil {
			return err
		}
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		if err := e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// list is what an export writes; every entry has its own fields.
type list []map[string]any

func (p People) exportProfile(ctx context.Context, id ID) (any, error) {
	a, err := p.Store.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	reminder, err := p.Store.Reminder(ctx, id)
	return map[string]any{
		"id": a.ID, "name": a.Name, "guest": a.Guest, "role": a.Role.String(), "created": a.Created, "email": a.Email,
		"renamed": when(a.Renamed), "password": a.Password != "", "second_factor": a.TOTP.On, "recovery_codes_left": len(a.Recovery),
		"reminders_after_hours": reminder.AfterHours,
		"privacy":               map[string]any{"challenge": a.Privacy.Challenge, "chat": a.Privacy.Chat, "hidden": a.Privacy.Hidden},
	}, err
}

// when is a time, or nil for never.
func when(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

func (p People) exportSessions(ctx context.Context, id ID) (any, error) {
	all, err := p.Store.SessionsOf(ctx, id)
	out := list{}
	for _, s := range all {
		out = append(out, map[string]any{"id": s.ID(), "created": s.Created, "seen": when(s.Seen),
			"device": s.Client.Device, "browser": s.Client.Browser, "address": s.Client.Addr})
	}
	return out, err
}

func (p People) exportPasskeys(ctx context.Context, id ID) (any, error) {
	all, err := p.Store.PasskeysOf(ctx, id)
	out := list{}
	for _, k := range all {
		out = append(out, map[string]any{"id": k.ID, "name": k.Name, "created": k.Created, "used": when(k.Used),
			"credential": json.RawMessage(k.State)})
	}
	return out, err
}

func (p People) exportTokens(ctx context.Context, id ID) (any, error) {
	all, err := p.Store.TokensOf(ctx, id)
	out := list{}
	for _, t := range all {
		out = append(out, map[string]any{"id": t.ID, "name": t.Name, "scopes": t.Scopes, "created": t.Created,
			"expires": t.Expires, "used": when(t.Used)})
	}
	return out, err
}

func (p People) exportSettings(ctx context.Context, id ID) (any, error) {
	s, err := p.Store.Settings(ctx, id)
	return json.RawMessage(s.JSON), err
}

func (p People) exportBlocks(ctx context.Context, id ID) (any, error) {
	all, err := p.Store.BlocksOf(ctx, id)
	out := list{}
	for _, u := range all {
		out = append(out, map[string]any{"id": u.ID, "name": u.Name})
	}
	return out, err
}
