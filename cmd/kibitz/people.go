package main

import (
	"flag"

	"kibitz/internal/server"
)

// secret is a setting that is shown to nobody.
type secret struct{ value *string }

// String implements flag.Value.
func (s secret) String() string {
	if s.value == nil || *s.value == "" {
		return ""
	}
	return "(hidden)"
}

// Set implements flag.Value.
func (s secret) Set(v string) error {
	*s.value = v
	return nil
}

// peopleSettings adds the settings of how browsers find the server, and of the
// people behind them.
func peopleSettings(flags *flag.FlagSet, c *server.Config) {
	flags.StringVar(&c.TLS.Domain, "domain", "", "the `name` to serve HTTPS under, with certificates of its own, in place of --listen")
	flags.StringVar(&c.TLS.Listen, "https-listen", ":443", "the `address` for HTTPS, with --domain")
	flags.StringVar(&c.TLS.ListenPlain, "http-listen", ":80", "the `address` that leads to HTTPS, with --domain")
	flags.StringVar(&c.TLS.Email, "acme-email", "", "where the certificate authority may write to, with --domain")
	flags.StringVar(&c.TLS.Authority, "acme-authority", "", "the `URL` of the ACME directory; empty: Let's Encrypt")
	flags.StringVar(&c.TrustedProxies, "trusted-proxies", "", "addresses and `networks`, with commas between, of proxies that say for whom they ask")
	flags.StringVar(&c.ProxyHeader, "proxy-header", "X-Forwarded-For", "the `header` in which they do: X-Forwarded-For or Forwarded")
	flags.StringVar(&c.PublicURL, "public-url", "", "the `URL` that browsers know the server by, for links in mail")
	flags.StringVar(&c.SignUp, "sign-up", "open", "whether people make their own accounts: open or closed")
	flags.StringVar(&c.Mail.Server, "smtp", "", "the `host:port` of a mail server for recovery mail; empty: no mail")
	flags.StringVar(&c.Mail.From, "smtp-from", "", "the `address` that mail comes from")
	flags.StringVar(&c.Mail.User, "smtp-user", "", "the user at the mail server; empty: nobody signs in")
	flags.Var(secret{&c.Mail.Password}, "smtp-password", "the password there; better in the file that KIBITZ_SMTP_PASSWORD_FILE names")
}
