package httpapi_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kibitz/internal/httpapi"
)

func TestRecoveryCodes(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	checkAPI(t, []apiRow{{"unconfirmed", anna, "POST", "/api/v1/me/recovery-codes", ``, 403, []string{"confirm"}, []string{"codes"}}})
	got := anna.call("POST", "/api/v1/me/recovery-codes", confirmed(""))
	wantStatus(t, "codes", got, 200)
	var codes struct{ Codes []string }
	check(t, json.Unmarshal([]byte(got.body), &codes))
	if len(codes.Codes) != 10 {
		t.Fatalf("codes = %v", codes)
	}
	recover := func(name, code, password string) string {
		return `{"name":"` + name + `","code":"` + code + `","password":"` + password + `"}`
	}
	p := &person{w: w}
	unknown := p.call("POST", "/api/v1/recovery/code", recover("Nobody", codes.Codes[0], newPassword))
	wrong := p.call("POST", "/api/v1/recovery/code", recover("Anna", "0000-0000-0000", newPassword))
	if unknown.status != 403 || unknown.body != wrong.body {
		t.Errorf("an unknown name: %d %s, a wrong code: %d %s; want the same", unknown.status, unknown.body, wrong.status, wrong.body)
	}
	checkAPI(t, []apiRow{
		{"a weak password", p, "POST", "/api/v1/recovery/code", recover("Anna", codes.Codes[0], "qwertyuiop"), 422, []string{"easy"}, nil},
		{"written another way", p, "POST", "/api/v1/recovery/code", recover("anna", " "+strings.ToLower(strings.ReplaceAll(codes.Codes[0], "-", "")), newPassword), 200, []string{anna.id}, nil},
		{"again", p, "POST", "/api/v1/recovery/code", recover("Anna", codes.Codes[0], newPassword), 403, []string{"wrong"}, nil},
		{"the session before is over", anna, "GET", "/api/v1/me", "", 401, nil, nil},
		{"the new password", p, "POST", "/api/v1/login", `{"name":"Anna","password":"` + newPassword + `"}`, 200, nil, nil},
	})
}

// letter is one that was sent.
type letter struct{ to, subject, text string }

func TestRecoveryMail(t *testing.T) {
	sent := make(chan letter, 10)
	w := newWorld(t, func(c *httpapi.Config) {
		c.PublicURL = "https://play.example.org"
		c.Mail = func(_ context.Context, to, subject, text string) error { sent <- letter{to, subject, text}; return nil }
	})
	stop := w.run()
	defer stop()
	anna, p := w.member("Anna"), &person{w: w}
	w.member("Bert") // has no address
	wantStatus(t, "address", anna.call("PATCH", "/api/v1/me", confirmed(`"email":"anna@example.org"`)), 200)
	var answers []string
	for _, name := range []string{"Nobody", "Bert", "Anna"} {
		got := p.call("POST", "/api/v1/recovery/mail", `{"name":"`+name+`"}`, "Host", "evil.example")
		wantStatus(t, name, got, 202)
		answers = append(answers, got.body)
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Errorf("answers = %q, want the same", answers)
	}
	var got letter
	select {
	case got = <-sent:
	case <-time.After(patience):
		t.Fatal("no letter came")
	}
	_, token, found := strings.Cut(got.text, "https://play.example.org/recover#")
	token, _, _ = strings.Cut(token, "\n")
	if got.to != "anna@example.org" || !found {
		t.Fatalf("letter = %+v", got)
	}
	link := func(token, password string) string { return `{"token":"` + token + `","password":"` + password + `"}` }
	checkAPI(t, []apiRow{
		{"another token", p, "POST", "/api/v1/recovery/link", link(strings.Repeat("A", 43), newPassword), 403, []string{"wrong"}, nil},
		{"no token", p, "POST", "/api/v1/recovery/link", link("", newPassword), 403, nil, nil},
		{"a weak password", p, "POST", "/api/v1/recovery/link", link(token, "qwertyuiop"), 422, nil, nil},
		{"the link", p, "POST", "/api/v1/recovery/link", link(token, newPassword), 200, []string{anna.id}, nil},
		{"again", p, "POST", "/api/v1/recovery/link", link(token, goodPassword), 403, nil, nil},
		{"the session before is over", anna, "GET", "/api/v1/me", "", 401, nil, nil},
	})
	if len(sent) > 0 {
		t.Errorf("there was one more letter: %+v", <-sent)
	}
	if strings.Contains(w.log.String(), token) {
		t.Error("the log holds the token of a link")
	}
}

func TestNoMail(t *testing.T) {
	w := newWorld(t, nil)
	checkAPI(t, []apiRow{{"no mail", &person{w: w}, "POST", "/api/v1/recovery/mail", `{"name":"Anna"}`, 403, []string{"sends no mail"}, nil}})
}
