package gateway

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"kibitz/internal/cluster"
)

// routeCookie names the app server that serves a session, and is signed: it is
// worth something only beside the session it was made for.
const routeCookie = "kibitz-route"

// sessionCookies are those of the app servers.
var sessionCookies = []string{"__Host-kibitz", "kibitz"}

// session is what the cookie is bound to; empty for who has none.
func session(r *http.Request) string {
	for _, name := range sessionCookies {
		if c, err := r.Cookie(name); err == nil {
			return c.Value
		}
	}
	return ""
}

// signature is that of a node for a session.
func (g *Gateway) signature(id cluster.NodeID, session string) string {
	mac := hmac.New(sha256.New, g.cfg.Secret)
	_, _ = mac.Write([]byte(string(id) + "\n" + session))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// routed returns the node in the cookie of a request, if that is true.
func (g *Gateway) routed(r *http.Request) (cluster.NodeID, bool) {
	c, err := r.Cookie(routeCookie)
	if err != nil {
		return "", false
	}
	id, signed, ok := strings.Cut(c.Value, ".")
	if !ok || !hmac.Equal([]byte(signed), []byte(g.signature(cluster.NodeID(id), session(r)))) {
		return "", false
	}
	return cluster.NodeID(id), true
}

// sign gives a client of the API the cookie for the app server that answered,
// unless it has that.
func (g *Gateway) sign(res *http.Response) error {
	c, ok := res.Request.Context().Value(choiceKey{}).(*choice)
	if !ok || c.at.ID == "" || !strings.HasPrefix(res.Request.URL.Path, "/api/") || session(res.Request) == "" {
		return nil
	}
	if _, about := tableOf(res.Request); about || makesTable(res.Request) {
		return nil
	}
	if id, ok := g.routed(res.Request); ok && id == c.at.ID {
		return nil
	}
	cookie := http.Cookie{
		Name: routeCookie, Value: string(c.at.ID) + "." + g.signature(c.at.ID, session(res.Request)), Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: res.Request.Header.Get("X-Forwarded-Proto") == "https",
	}
	res.Header.Add("Set-Cookie", cookie.String())
	return nil
}
