package credential_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/credential"
)

var cheap = credential.Params{MemoryKiB: 64, Time: 1, Threads: 1}

func TestArgon(t *testing.T) {
	a := credential.NewArgon(cheap, 1, rand.Reader)
	hash, err := a.Hash(t.Context(), "orbit-walnut")
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatalf("Hash() = %q, %v", hash, err)
	}
	if again, _ := a.Hash(t.Context(), "orbit-walnut"); again == hash {
		t.Error("two hashes of a password are the same: there is no salt")
	}
	costlier := credential.NewArgon(credential.Params{MemoryKiB: 128, Time: 1, Threads: 1}, 1, rand.Reader)
	for _, row := range []struct {
		name      string
		hasher    *credential.Argon
		hash      string
		password  string
		ok, stale bool
	}{
		{"right", a, hash, "orbit-walnut", true, false},
		{"wrong", a, hash, "Orbit-walnut", false, false},
		{"empty", a, hash, "", false, false},
		{"no hash", a, "", "orbit-walnut", false, false},
		{"no hash, no password", a, "", "", false, false},
		{"right, by the parameters of yesterday", costlier, hash, "orbit-walnut", true, true},
	} {
		ok, stale, err := row.hasher.Verify(t.Context(), row.hash, row.password)
		if err != nil || ok != row.ok || stale != row.stale {
			t.Errorf("%s: %v, %v, %v; want %v, %v", row.name, ok, stale, err, row.ok, row.stale)
		}
	}
}

func TestArgonRefusesHashes(t *testing.T) {
	a := credential.NewArgon(cheap, 1, rand.Reader)
	hash, err := a.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"x", "$$$$$", strings.Replace(hash, "argon2id", "argon2i", 1), strings.Replace(hash, "v=19", "v=16", 1),
		strings.Replace(hash, "m=64", "m=4294967295", 1), strings.Replace(hash, "t=1", "t=999999", 1),
		strings.Replace(hash, "p=1", "p=0", 1), strings.Replace(hash, "m=64", "m=0", 1), hash + "$x", hash[:len(hash)-30],
	} {
		if ok, _, err := a.Verify(t.Context(), bad, "x"); err == nil || ok {
			t.Errorf("Verify(%q) = %v, %v; want an error", bad, ok, err)
		}
	}
}

func FuzzArgonHash(f *testing.F) {
	a := credential.NewArgon(cheap, 1, rand.Reader)
	f.Add("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, hash string) {
		if strings.Contains(hash, "m=64,t=1,p=1$") { // no other costs in a fuzz test
			_, _, _ = a.Verify(t.Context(), hash, "x")
		}
	})
}

// TestArgonIsBounded fills the queue: who comes then is refused at once.
func TestArgonIsBounded(t *testing.T) {
	a := credential.NewArgon(cheap, 1, rand.Reader)
	full, ctx, free := credential.Occupy(a), t.Context(), context.CancelFunc(nil)
	ctx, free = context.WithCancel(ctx)
	if _, err := a.Hash(ctx, "x"); !errors.Is(err, account.ErrBusy) {
		t.Errorf("Hash() in a full queue = %v, want ErrBusy", err)
	}
	full(1)
	free()
	if _, err := a.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("Hash() by somebody who left = %v, want Canceled", err)
	}
	full(0)
	if _, err := a.Hash(t.Context(), "x"); err != nil {
		t.Errorf("Hash() in an empty queue = %v", err)
	}
}

func BenchmarkArgonStandard(b *testing.B) {
	a := credential.NewArgon(credential.Standard, 1, rand.Reader)
	for b.Loop() {
		if _, err := a.Hash(b.Context(), "orbit-walnut"); err != nil {
			b.Fatal(err)
		}
	}
}
