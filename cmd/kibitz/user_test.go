package main

import (
	"regexp"
	"strings"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/server"
)

func TestUser(t *testing.T) {
	data := t.TempDir()
	user := func(want int, args ...string) string {
		t.Helper()
		var stdout, stderr strings.Builder
		if got := run(append([]string{"user", "--data", data}, args...), &stdout, &stderr); got != want {
			t.Fatalf("kibitz user %v: status %d, want %d; %s", args, got, want, stderr.String())
		}
		return stdout.String() + stderr.String()
	}
	password := func(said string) string {
		t.Helper()
		found := regexp.MustCompile(`^Anna has the password (\S{24})\n$`).FindStringSubmatch(said)
		if found == nil {
			t.Fatalf("said %q", said)
		}
		return found[1]
	}
	wantLogin := func(what, password string, want error) account.ID {
		t.Helper()
		people, db, err := server.OpenPeople(t.Context(), server.Config{Data: data})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		e, _, err := people.LogIn(t.Context(), account.Attempt{Name: "anna", Password: password})
		if err != want {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
		return e.Login.User.ID
	}
	first := password(user(exitOK, "add", "Anna"))
	wantLogin("the first password", first, nil)
	if said := user(exitFailed, "add", "ANNA"); !strings.Contains(said, "taken") {
		t.Errorf("adding her again: %q", said)
	}
	second := password(user(exitOK, "passwd", "anna"))
	wantLogin("the first password afterwards", first, account.ErrWrong)
	id := wantLogin("the second password", second, nil)
	user(exitOK, "role", "Anna", "admin")
	user(exitFailed, "role", "Anna", "queen")
	user(exitFailed, "role", "Nobody", "admin")
	if said := user(exitFailed, "close", "Anna"); !strings.Contains(said, "only admin") {
		t.Errorf("closing the only admin: %q", said)
	}
	user(exitOK, "add", "Bert", "admin")
	if said := user(exitOK, "list"); !strings.Contains(said, "Anna") || !strings.Contains(said, string(id)) || strings.Count(said, "admin") != 2 {
		t.Errorf("list: %q", said)
	}
	if said := user(exitOK, "link", "Anna"); !regexp.MustCompile(`^/recover#\S{43}\n`).MatchString(said) {
		t.Errorf("link: %q", said)
	}
	user(exitOK, "close", "Anna")
	wantLogin("a closed account", second, account.ErrWrong)
	if said := user(exitOK, "list"); strings.Contains(said, "Anna") || !strings.Contains(said, "Bert") {
		t.Errorf("list: %q", said)
	}
	said := user(exitOK, "log")
	for _, want := range []string{"(host)", "role      " + string(id), "refused", "done      admin", "link", "password", "add       Bert"} {
		if !strings.Contains(said, want) {
			t.Errorf("log lacks %q: %s", want, said)
		}
	}
	if strings.Contains(said, "Anna") || strings.Contains(said, second) {
		t.Errorf("log tells too much: %s", said)
	}
	for _, args := range [][]string{nil, {"add"}, {"fly", "Anna"}, {"list", "all"}} {
		if said := user(exitUsage, args...); !strings.Contains(said, "usage:") {
			t.Errorf("%v: %q", args, said)
		}
	}
}

func TestUserNeedsAFolder(t *testing.T) {
	var stdout, stderr strings.Builder
	if got := run([]string{"user", "--data", t.TempDir() + "/none", "list"}, &stdout, &stderr); got != exitFailed || !strings.Contains(stderr.String(), "no data folder") {
		t.Errorf("status %d: %s", got, stderr.String())
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	t.Setenv("KIBITZ_SMTP_PASSWORD", "hunter2hunter2")
	var stdout, stderr strings.Builder
	if got := run([]string{"config"}, &stdout, &stderr); got != exitOK || strings.Contains(stdout.String(), "hunter2") || !strings.Contains(stdout.String(), "(hidden)") {
		t.Errorf("status %d: %s%s", got, stdout.String(), stderr.String())
	}
}
