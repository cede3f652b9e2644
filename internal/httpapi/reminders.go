package httpapi

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
)

// How often somebody looks who is away, and how many users are looked at in
// one go.
const (
	remindEvery = 10 * time.Minute
	remindPage  = 100
)

// reminder is account.Reminder in a message.
type reminder struct {
	AfterHours int `json:"after_hours"`
	// Mail is whether this server sends letters at all.
	Mail bool `json:"mail"`
}

// getReminders tells after how many hours a user gets letters.
func (s *Server) getReminders(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	one, err := s.cfg.Accounts.Reminder(r.Context(), me.User.ID)
	return reminder{one.AfterHours, s.cfg.Mail != nil}, err
}

// putReminders changes it.
func (s *Server) putReminders(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		AfterHours int `json:"after_hours"`
	}
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	if s.cfg.Mail == nil && body.AfterHours != 0 {
		return nil, fmt.Errorf("%w: this server sends no mail", account.ErrDenied)
	}
	if err := s.people.Remind(r.Context(), me.User.ID, body.AfterHours); err != nil {
		return nil, err
	}
	return reminder{body.AfterHours, s.cfg.Mail != nil}, nil
}

// remind writes to those who are away and have a game that waits for them,
// every so often until ctx is done.
func (s *Server) remind(ctx context.Context) {
	if s.cfg.Mail == nil {
		return
	}
	ticker := time.NewTicker(remindEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			s.troubled(ctx, "reminders", s.remindAll(ctx))
		case <-ctx.Done():
			return
		}
	}
}

// remindAll goes once through all who are away. A letter that cannot be sent
// is logged, and is not tried again that day.
func (s *Server) remindAll(ctx context.Context) error {
	online := s.hub.users()
	for after := account.ID(""); ; {
		page, err := s.cfg.Accounts.Absent(ctx, after, s.cfg.Now(), remindPage)
		if err != nil {
			return err
		}
		for _, one := range page {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if after = one.ID; !online[one.ID] {
				s.troubled(ctx, "reminder", s.remindOne(ctx, one))
			}
		}
		if len(page) < remindPage {
			return nil
		}
	}
}

// remindOne writes to somebody whose move it is.
func (s *Server) remindOne(ctx context.Context, to account.Absent) error {
	var waiting []host.Summary
	for _, t := range s.cfg.Host.Running(ctx, to.ID) {
		if patient(t.Setup.Control) && !t.Waiting && t.Viewer.Seat != game.NoSeat && t.ToAct.Has(t.Viewer.Seat) {
			waiting = append(waiting, t)
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	if first, err := s.cfg.Accounts.Reminding(ctx, to.ID, s.cfg.Now()); err != nil || !first {
		return err
	}
	token, err := s.people.StopToken(ctx, to.ID)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, letterTime)
	defer cancel()
	subject, text := s.letter(to, waiting, token)
	return s.cfg.Mail(ctx, to.Email, subject, text)
}

// patient reports whether a control gives the time to be away.
func patient(c clock.Control) bool {
	return c.Unlimited() || c.Speed() == clock.Classical || c.Speed() == clock.Correspondence
}

// maxNamed is how many games a letter names.
const maxNamed = 20

func (s *Server) letter(to account.Absent, waiting []host.Summary, token string) (subject, text string) {
	subject = "A game waits for your move"
	if len(waiting) > 1 {
		subject = fmt.Sprintf("%d games wait for your move", len(waiting))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Hello %s,\n\nit is your move at %s:\n\n", to.Name, s.cfg.PublicURL)
	for _, t := range waiting[:min(maxNamed, len(waiting))] {
		fmt.Fprintf(&b, "against %s, %s\n%s/g/%s\n\n", opponents(&t), t.Setup.Control, s.cfg.PublicURL, t.Table)
	}
	fmt.Fprintf(&b, "You asked for these letters, at most one a day. This ends them, without a sign-in:\n\n%s/unsubscribe?t=%s\n", s.cfg.PublicURL, token)
	return subject, b.String()
}

// opponents names everybody at a table but the one whose list it is from.
func opponents(t *host.Summary) string {
	var names []string
	for seat, p := range t.Setup.Seats {
		if game.Seat(seat) != t.Viewer.Seat && !p.Free() {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// stopStyle gives the page that ends letters the colours of the web client.
const stopStyle = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;margin:0;background:light-dark(#eef0f4,#14161b);color:light-dark(#1a1d24,#e8eaf0)}
main{max-width:440px;margin:28px auto;padding:4px 18px 18px;border:1px solid light-dark(#d3d8e2,#343a46);border-radius:10px;background:light-dark(#fff,#1d2027)}
h1{font-size:1.375rem;line-height:1.25;overflow-wrap:anywhere}
button{font:inherit;font-weight:600;min-height:44px;padding:0 16px;border:0;border-radius:8px;background:light-dark(#8a5600,#e2a63d);color:light-dark(#fff,#1b1304);cursor:pointer}
:focus-visible{outline:3px solid light-dark(#8a5600,#e2a63d);outline-offset:2px}
a{color:inherit}
@media (max-width:480px){main{margin:16px 8px}}`

// getUnsubscribe asks whether the letters are to end: programs that look at
// links in mail must not end them.
func (s *Server) getUnsubscribe(w http.ResponseWriter, r *http.Request) {
	s.unsubscribe(w, r, account.OnlyLook, `<p>Do you want no more letters about games that wait for you?</p>
<form method="post"><button>No more letters</button></form>`)
}

// postUnsubscribe ends them.
func (s *Server) postUnsubscribe(w http.ResponseWriter, r *http.Request) {
	s.unsubscribe(w, r, !account.OnlyLook, `<p>There will be no more letters. In your settings you can ask for them again.</p>`)
}

func (s *Server) unsubscribe(w http.ResponseWriter, r *http.Request, look account.Look, body string) {
	status := http.StatusOK
	err := s.limits.doors.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now())
	if err == nil {
		err = s.people.StopReminders(r.Context(), r.URL.Query().Get("t"), look)
	}
	switch {
	case errors.Is(err, account.ErrNotFound):
		status, body = http.StatusNotFound, `<p>This link is not whole. Please copy all of it from the letter.</p>`
	case err != nil:
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address has a token in it
	w.WriteHeader(status)
	title := "Letters from " + html.EscapeString(r.Host)
	_, _ = fmt.Fprintf(w, `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><link rel="icon" href="/favicon.svg" type="image/svg+xml">
<title>%s</title><style>%s</style>
<main><h1>%s</h1>
%s
<p><a href="/">To the lobby</a></p></main></html>
`, title, stopStyle, title, body)
}
