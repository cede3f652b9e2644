package mail_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"kibitz/internal/mail"
)

// post takes one letter as a mail server does.
type post struct {
	net.Listener
	lines  chan string
	letter chan string
}

func newPost(t *testing.T) *post {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &post{Listener: l, lines: make(chan string, 100), letter: make(chan string, 1)}
	t.Cleanup(func() { _ = l.Close() })
	go p.serve()
	return p
}

func (p *post) serve() {
	c, err := p.Accept()
	if err != nil {
		return
	}
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	say := func(s string) { fmt.Fprintf(c, "%s\r\n", s) }
	say("220 post")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		p.lines <- line
		switch verb, _, _ := strings.Cut(line, " "); verb {
		case "EHLO":
			say("250-post\r\n250 AUTH PLAIN")
		case "AUTH":
			say("235 welcome")
		case "DATA":
			say("354 go on")
			var b strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil || line == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(line, ".")) // RFC 5321 4.5.2
			}
			p.letter <- b.String()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func TestSend(t *testing.T) {
	p := newPost(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	s := mail.Sender{Server: p.Addr().String(), User: "kibitz", Password: "secret", From: "Kibitz <kibitz@example.org>"}
	text := "Grüße,\nhere is a link: https://example.org/recover#" + strings.Repeat("A", 100) + "\n.\nEnd\n"
	if err := s.Send(ctx, "anna@example.org", "A new password for Zoë", text); err != nil {
		t.Fatal(err)
	}
	m, err := netmail.ReadMessage(strings.NewReader(<-p.letter))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != text {
		t.Errorf("text = %q, %v; want %q", body, err, text)
	}
	for name, want := range map[string]string{
		"From": `"Kibitz" <kibitz@example.org>`, "To": "<anna@example.org>", "Subject": "=?utf-8?q?A_new_password_for_Zo=C3=AB?=",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	close(p.lines)
	var said []string
	for line := range p.lines {
		said = append(said, line)
	}
	if all := strings.Join(said, "\n"); !strings.Contains(all, "AUTH PLAIN") || !strings.Contains(all, "MAIL FROM:<kibitz@example.org>") ||
		!strings.Contains(all, "RCPT TO:<anna@example.org>") {
		t.Errorf("said:\n%s", all)
	}
}

func TestSendRefuses(t *testing.T) {
	s := mail.Sender{Server: "127.0.0.1:1", From: "kibitz@example.org"}
	for _, row := range []struct{ name, to, subject string }{
		{"two people", "a@example.org, b@example.org", "x"},
		{"a header in the address", "a@example.org\r\nBcc: b@example.org", "x"},
		{"a header in the subject", "a@example.org", "x\r\nBcc: b@example.org"},
		{"nobody", "", "x"},
	} {
		if err := s.Send(t.Context(), row.to, row.subject, "x"); !errors.Is(err, mail.ErrSetting) {
			t.Errorf("%s: %v, want ErrSetting", row.name, err)
		}
	}
	if err := s.Send(t.Context(), "a@example.org", "x", "x"); err == nil || errors.Is(err, mail.ErrSetting) {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestCheck(t *testing.T) {
	for _, row := range []struct {
		name string
		s    mail.Sender
		ok   bool
	}{
		{"good", mail.Sender{Server: "mail.example.org:587", From: "Kibitz <k@example.org>"}, true},
		{"no port", mail.Sender{Server: "mail.example.org", From: "k@example.org"}, false},
		{"no sender", mail.Sender{Server: "mail.example.org:587"}, false},
	} {
		if err := row.s.Check(); (err == nil) != row.ok || err != nil && !errors.Is(err, mail.ErrSetting) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}
