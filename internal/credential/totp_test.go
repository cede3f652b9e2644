package credential_test

import (
	"bytes"
	"encoding/base32"
	"strings"
	"testing"
	"time"

	"kibitz/internal/credential"
)

// The secret of RFC 6238, appendix B, whose codes are here cut to 6 digits.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

func TestTOTP(t *testing.T) {
	for _, row := range []struct {
		name string
		at   int64
		code string
		step int64
		ok   bool
	}{
		{"RFC 6238 59 s", 59, "287082", 1, true},
		{"RFC 6238 1111111109 s", 1111111109, "081804", 0x23523EC, true},
		{"RFC 6238 20000000000 s", 20000000000, "353130", 0x27BC86AA, true},
		{"a step late", 59 + 30, "287082", 1, true},
		{"a step early", 29, "287082", 1, true},
		{"two steps late", 59 + 61, "287082", 0, false},
		{"another code", 59, "287083", 0, false},
		{"no code", 59, "", 0, false},
		{"eight digits", 59, "94287082", 0, false},
	} {
		step, ok := credential.TOTP{}.Step(rfcSecret, row.code, time.Unix(row.at, 0))
		if step != row.step || ok != row.ok {
			t.Errorf("%s: %d, %v; want %d, %v", row.name, step, ok, row.step, row.ok)
		}
	}
}

func TestTOTPSecret(t *testing.T) {
	secret, err := credential.TOTP{Random: bytes.NewReader(make([]byte, 20))}.Secret()
	if err != nil || secret != strings.Repeat("A", 32) {
		t.Errorf("Secret() = %q, %v", secret, err)
	}
	if _, err := (credential.TOTP{Random: bytes.NewReader(nil)}).Secret(); err == nil {
		t.Error("a secret without chance")
	}
	if got := (credential.TOTP{}).URI("ABC", "Anna"); got != "otpauth://totp/Kibitz:Anna?issuer=Kibitz&secret=ABC" {
		t.Errorf("URI() = %s", got)
	}
}
