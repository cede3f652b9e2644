package server

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/caddyserver/certmagic"
	"go.uber.org/zap"
)

// TLS is how a server of its own domain gets and shows certificates.
type TLS struct {
	// Domain is the name that browsers know the server by; with an empty one
	// there is no TLS here.
	Domain string
	// Listen and ListenPlain are the addresses for HTTPS, and for HTTP that
	// leads to it. Default: ":443" and ":80".
	Listen, ListenPlain string
	// Email is told to the authority that makes certificates; it may be empty.
	Email string
	// Authority is the ACME directory. Default: Let's Encrypt.
	Authority string

	// issuer stands in for the authority in tests.
	issuer certmagic.Issuer
}

func (t TLS) withDefaults() (TLS, error) {
	if t.Listen == "" {
		t.Listen = ":443"
	}
	if t.ListenPlain == "" {
		t.ListenPlain = ":80"
	}
	if t.Authority == "" {
		t.Authority = certmagic.LetsEncryptProductionCA
	}
	if t.Domain != "" && (!certmagic.SubjectQualifiesForCert(t.Domain) || strings.ContainsAny(t.Domain, "*:/")) {
		return t, fmt.Errorf("%w: --domain is a name such as play.example.org, not %q", ErrConfig, t.Domain)
	}
	return t, nil
}

// guard is TLS at work: certificates, and the plain address beside.
type guard struct {
	domain string
	cache  *certmagic.Cache
	config *certmagic.Config
	plain  net.Listener
	acme   *certmagic.ACMEIssuer
}

// openGuard opens the plain address, and prepares certificates that are kept
// in the data folder.
func openGuard(cfg Config) (*guard, error) {
	g := &guard{domain: cfg.TLS.Domain}
	g.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return g.config, nil },
		Logger:           zap.NewNop(),
	})
	g.config = certmagic.New(g.cache, certmagic.Config{
		Storage: &certmagic.FileStorage{Path: filepath.Join(cfg.Data, "certificates")},
		Logger:  zap.NewNop(),
		OnEvent: func(_ context.Context, event string, data map[string]any) error {
			g.tell(cfg, event, data)
			return nil
		},
	})
	if cfg.TLS.issuer != nil {
		g.config.Issuers = []certmagic.Issuer{cfg.TLS.issuer}
	} else {
		g.acme = certmagic.NewACMEIssuer(g.config, certmagic.ACMEIssuer{
			CA: cfg.TLS.Authority, Email: cfg.TLS.Email, Agreed: true, Logger: zap.NewNop(),
		})
		g.config.Issuers = []certmagic.Issuer{g.acme}
	}
	var err error
	if g.plain, err = net.Listen("tcp", cfg.TLS.ListenPlain); err != nil {
		g.cache.Stop()
		return nil, fmt.Errorf("listen: %w", err)
	}
	return g, nil
}

// tell logs what happens to certificates.
func (g *guard) tell(cfg Config, event string, data map[string]any) {
	switch event {
	case "cert_obtained":
		cfg.Log.Info("certificate", "domain", g.domain, "renewal", data["renewal"])
	case "cert_failed":
		cfg.Log.Error("no certificate", "domain", g.domain, "err", data["error"])
	}
}

// tls returns what HTTPS is served with: TLS 1.2 and newer.
func (g *guard) tls() *tls.Config {
	c := g.config.TLSConfig()
	c.NextProtos = append([]string{"h2", "http/1.1"}, c.NextProtos...)
	return c
}

// run answers on the plain address and looks after certificates, until ctx is
// done.
func (g *guard) run(ctx context.Context) error {
	if err := g.config.ManageAsync(ctx, []string{g.domain}); err != nil {
		return fmt.Errorf("certificate for %s: %w", g.domain, err)
	}
	var handler http.Handler = http.HandlerFunc(g.redirect)
	if g.acme != nil {
		handler = g.acme.HTTPChallengeHandler(handler)
	}
	web := &http.Server{
		Handler: handler, ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second, IdleTimeout: 5 * time.Second,
		MaxHeaderBytes: 8 << 10,
	}
	unhook := context.AfterFunc(ctx, func() { _ = web.Close() })
	defer unhook()
	if err := web.Serve(g.plain); ctx.Err() == nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// redirect leads browsers to HTTPS under the one name there is a certificate for,
// whatever the request says it is for.
func (g *guard) redirect(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if !reads || strings.HasPrefix(r.URL.Path, "/api/") { // a program would never learn that it talks in the clear
		http.Error(w, "Use HTTPS.", http.StatusForbidden)
		return
	}
	http.Redirect(w, r, "https://"+g.domain+r.URL.RequestURI(), http.StatusPermanentRedirect)
}

func (g *guard) close() {
	g.cache.Stop()
	_ = g.plain.Close()
}
