package server

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/certmagic"
	"github.com/lxzan/gws"
)

// authority makes certificates for anybody.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert, key}
}

// IssuerKey implements certmagic.Issuer.
func (a *authority) IssuerKey() string { return "test" }

// Issue implements certmagic.Issuer.
func (a *authority) Issue(_ context.Context, r *x509.CertificateRequest) (*certmagic.IssuedCertificate, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), DNSNames: r.DNSNames,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, r.PublicKey, a.key)
	if err != nil {
		return nil, err
	}
	return &certmagic.IssuedCertificate{Certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}, nil
}

// start runs a server until the test ends.
func start(t *testing.T, cfg Config) *Server {
	t.Helper()
	cfg.Log = slog.New(slog.DiscardHandler)
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestDomain serves HTTPS with a certificate of a test authority.
func TestDomain(t *testing.T) {
	const domain = "play.example.org"
	ca := newAuthority(t)
	s := start(t, Config{Data: t.TempDir(), TLS: TLS{
		Domain: domain, Listen: "127.0.0.1:0", ListenPlain: "127.0.0.1:0", issuer: ca,
	}})
	roots := x509.NewCertPool()
	roots.AddCert(ca.cert)
	secret := &tls.Config{RootCAs: roots, ServerName: domain}
	plain := s.guard.plain.Addr().String()
	client := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			TLSClientConfig: secret, ForceAttemptHTTP2: true,
			DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				if strings.HasSuffix(addr, ":443") {
					addr = s.Addr().String()
				} else {
					addr = plain
				}
				return (&net.Dialer{}).DialContext(ctx, network, addr)
			},
		},
	}
	answer := eventually(t, func() (*http.Response, error) { return client.Get("https://" + domain + "/healthz") })
	if answer.StatusCode != 200 || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("https: %v %v", answer.Status, answer.Header)
	}
	answer = eventually(t, func() (*http.Response, error) {
		return client.Post("https://"+domain+"/api/v1/guests", "application/json", nil)
	})
	cookie := answer.Header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-kibitz=") || !strings.Contains(cookie, "; Secure") {
		t.Errorf("cookie = %q", cookie)
	}
	for method, want := range map[string]int{"GET": 308, "POST": 403} {
		r, err := http.NewRequest(method, "http://evil.example/g/aB3dE6gH?x=1", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		to := answer.Header.Get("Location")
		if answer.StatusCode != want || method == "GET" && to != "https://"+domain+"/g/aB3dE6gH?x=1" {
			t.Errorf("%s http: %s to %q", method, answer.Status, to)
		}
	}
	answer, err := client.Get("http://" + domain + "/api/v1/me")
	if err != nil || answer.StatusCode != http.StatusForbidden {
		t.Errorf("the API in the clear: %v, %v; want 403", answer, err)
	}
	cookie, _, _ = strings.Cut(cookie, ";")
	hello(t, s.Addr().String(), &tls.Config{RootCAs: roots, ServerName: domain}, cookie)
}

// eventually asks until there is an answer: the certificate comes a moment
// after the start.
func eventually(t *testing.T, ask func() (*http.Response, error)) *http.Response {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		answer, err := ask()
		if err == nil {
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			return answer
		}
		if time.Now().After(until) {
			t.Fatal(err)
		}
	}
}

// listener takes the first frame of a socket.
type listener struct {
	gws.BuiltinEventHandler
	first chan string
}

func (l *listener) OnMessage(_ *gws.Conn, m *gws.Message) {
	select {
	case l.first <- string(m.Bytes()):
	default:
	}
}

// hello opens a WebSocket over TLS.
func hello(t *testing.T, addr string, secret *tls.Config, cookie string) {
	t.Helper()
	l := &listener{first: make(chan string, 1)}
	conn, _, err := gws.NewClient(l, &gws.ClientOption{
		Addr: "wss://" + addr + "/ws", TlsConfig: secret,
		RequestHeader: http.Header{"Sec-WebSocket-Protocol": {"kibitz.1"}, "Cookie": {cookie}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.NetConn().Close() }()
	go conn.ReadLoop()
	select {
	case got := <-l.first:
		if !strings.Contains(got, `"guest":true`) {
			t.Errorf("hello = %s", got)
		}
	case <-time.After(20 * time.Second):
		t.Error("no hello over TLS")
	}
}

func TestConfigRefuses(t *testing.T) {
	for _, row := range []struct {
		name string
		cfg  Config
		want string
	}{
		{"a domain with a port", Config{Data: "x", TLS: TLS{Domain: "example.org:443"}}, "--domain"},
		{"a wildcard", Config{Data: "x", TLS: TLS{Domain: "*.example.org"}}, "--domain"},
		{"a domain without a folder", Config{TLS: TLS{Domain: "example.org"}}, "--data"},
		{"a proxy that is no address", Config{TrustedProxies: "10.0.0.0/8, nginx"}, `"nginx"`},
		{"a header that is none of the two", Config{ProxyHeader: "X-Real-IP"}, "--proxy-header"},
		{"mail without an address of its own", Config{Mail: Mail{Server: "mail.example.org:587", From: "a@example.org"}}, "--public-url"},
		{"mail from nobody", Config{PublicURL: "https://example.org", Mail: Mail{Server: "mail.example.org:587"}}, "letters come from"},
		{"a public path", Config{PublicURL: "/kibitz"}, "--public-url"},
		{"a domain for an app server", Config{
			Data: "x", Database: "postgres://x", TLS: TLS{Domain: "example.org"}, Cluster: Cluster{Role: "app", NATS: "nats://x"},
		}, "gateways speak HTTPS"},
		{"too many streams", Config{Data: "x", Database: "postgres://x", Cluster: Cluster{NATS: "nats://x", Streams: 17}}, "--journal-streams"},
		{"a journal that forgets at once", Config{Data: "x", Database: "postgres://x", Cluster: Cluster{NATS: "nats://x", Keep: time.Minute}}, "--journal-keep"},
		{"sign-up by invitation", Config{SignUp: "maybe"}, "--sign-up"},
	} {
		row.cfg.Log = slog.New(slog.DiscardHandler)
		if _, err := Open(row.cfg); !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want ErrConfig with %s", row.name, err, row.want)
		}
	}
}

func TestFirstCode(t *testing.T) {
	s := start(t, Config{})
	if code := s.FirstCode(); len(code) != 14 {
		t.Errorf("code = %q", code)
	}
	answer := eventually(t, func() (*http.Response, error) {
		return http.Post("http://"+s.Addr().String()+"/api/v1/admin/first", "application/json",
			strings.NewReader(`{"code":"`+s.FirstCode()+`","name":"Ada","password":"orbit-walnut-plinth"}`))
	})
	if answer.StatusCode != http.StatusCreated {
		t.Errorf("first admin: %s", answer.Status)
	}
}
