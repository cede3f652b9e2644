// Package mail sends letters by SMTP. Kibitz works without it.
package mail

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"strings"
	"time"
)

// Sender is a mail server that takes letters. It is safe for concurrent use.
type Sender struct {
	// Server is HOST:PORT. On port 465 TLS comes first, on any other the
	// server must offer STARTTLS, unless it is this very machine.
	Server string
	// User and Password sign in; with an empty User nobody does.
	User, Password string
	// From is the address that letters come from, such as
	// "Kibitz <kibitz@example.org>".
	From string
	// TLS is for tests; nil checks the name of the server.
	TLS *tls.Config
}

// ErrSetting is wrapped by every refusal of a Sender's fields.
var ErrSetting = errors.New("bad mail setting")

// Check refuses fields that cannot work.
func (s Sender) Check() error {
	if _, _, err := net.SplitHostPort(s.Server); err != nil {
		return fmt.Errorf("%w: the mail server is HOST:PORT, not %q", ErrSetting, s.Server)
	}
	if _, err := mail.ParseAddress(s.From); err != nil {
		return fmt.Errorf("%w: letters come from an address such as kibitz@example.org, not %q", ErrSetting, s.From)
	}
	return nil
}

// Send sends a letter of plain text.
func (s Sender) Send(ctx context.Context, to, subject, text string) error {
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrSetting, err)
	}
	letter, err := compose(from, to, subject, text)
	if err != nil {
		return err
	}
	if err := s.deliver(ctx, from.Address, to, letter); err != nil {
		return fmt.Errorf("mail by %s: %w", s.Server, err)
	}
	return nil
}

// compose writes a letter (RFC 5322).
func compose(from *mail.Address, to, subject, text string) ([]byte, error) {
	if a, err := mail.ParseAddress(to); err != nil || a.Address != to || strings.ContainsAny(to+subject, "\r\n") {
		return nil, fmt.Errorf("%w: nobody can be written to at %q", ErrSetting, to)
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s\r\nTo: <%s>\r\nSubject: %s\r\n", from, to, mime.QEncoding.Encode("utf-8", subject))
	fmt.Fprintf(&b, "Date: %s\r\nMessage-ID: <%s@%s>\r\n", time.Now().Format(time.RFC1123Z), rand.Text(), domain)
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n" +
		"Content-Transfer-Encoding: quoted-printable\r\nAuto-Submitted: auto-generated\r\n\r\n")
	body := quotedprintable.NewWriter(&b)
	if _, err := body.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n"))); err != nil {
		return nil, err
	}
	return b.Bytes(), body.Close()
}

// deliver speaks SMTP (RFC 5321).
func (s Sender) deliver(ctx context.Context, from, to string, letter []byte) error {
	c, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if s.User != "" {
		host, _, _ := net.SplitHostPort(s.Server)
		if err := c.Auth(smtp.PlainAuth("", s.User, s.Password, host)); err != nil {
			return err
		}
	}
	if err := c.Mail(from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(letter); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

// dial connects, and sees to it that nobody reads along.
func (s Sender) dial(ctx context.Context) (*smtp.Client, error) {
	host, port, err := net.SplitHostPort(s.Server)
	if err != nil {
		return nil, err
	}
	secret := s.TLS
	if secret == nil {
		secret = &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.Server)
	if err != nil {
		return nil, err
	}
	if until, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(until)
	}
	if port == "465" {
		conn = tls.Client(conn, secret)
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if port == "465" {
		return c, nil
	}
	if offered, _ := c.Extension("STARTTLS"); offered {
		err = c.StartTLS(secret)
	} else if !local(host) {
		err = errors.New("the server offers no STARTTLS, and a link for a new password is a secret")
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
