package credential

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"kibitz/internal/account"
)

// The parameters that every authenticator app knows (RFC 6238), and how many
// steps a clock may be off.
const (
	stepSeconds = 30
	stepsOff    = 1
	secretLen   = 20
)

var codes = totp.ValidateOpts{Period: stepSeconds, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// TOTP makes and checks one-time codes.
type TOTP struct {
	// Random is usually crypto/rand.Reader.
	Random io.Reader
}

var _ account.OneTime = TOTP{}

// Secret implements account.OneTime.
func (t TOTP) Secret() (string, error) {
	b := make([]byte, secretLen)
	if _, err := io.ReadFull(t.Random, b); err != nil {
		return "", fmt.Errorf("draw a secret: %w", err)
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b), nil
}

// URI implements account.OneTime.
func (TOTP) URI(secret, name string) string {
	q := url.Values{"secret": {secret}, "issuer": {"Kibitz"}}
	return (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/Kibitz:" + name, RawQuery: q.Encode()}).String()
}

// Step implements account.OneTime.
func (TOTP) Step(secret, code string, at time.Time) (step int64, ok bool) {
	now := at.Unix() / stepSeconds
	for s := now - stepsOff; s <= now+stepsOff; s++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(s*stepSeconds, 0), codes)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}
