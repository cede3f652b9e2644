package loadgen

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// api is the plain HTTP of the server.
type api struct {
	base    string
	control string
	// keep keeps its connections, and comes from one address. once makes one a
	// request, from the address that the context says.
	keep, once *http.Client
}

// answerTime bounds one request.
const answerTime = 15 * time.Second

// maxAnswer bounds what is read back of one game.
const maxAnswer = 8 << 20

// errBusy: the server says to come again later.
var errBusy = errors.New("the server is busy")

// fromKey is where a context carries its source address.
type fromKey struct{}

func newAPI(t target, a *addresses, control string) *api {
	keep := &http.Transport{
		MaxIdleConnsPerHost: atOnce, MaxConnsPerHost: atOnce,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return a.dial(ctx, 0) },
	}
	once := &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			from, _ := ctx.Value(fromKey{}).(int)
			return a.dial(ctx, from)
		},
	}
	return &api{
		base: t.http + "/api/v1", control: control,
		keep: &http.Client{Transport: keep, Timeout: answerTime},
		once: &http.Client{Transport: once, Timeout: answerTime},
	}
}

// guest makes a guest, and returns the cookie. The server bounds how many one
// address may make, so the address is given.
func (a *api) guest(ctx context.Context, from int) (string, error) {
	ctx = context.WithValue(ctx, fromKey{}, from)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/guests", nil)
	if err != nil {
		return "", err
	}
	_, header, err := a.do(a.once, r)
	if err != nil {
		return "", fmt.Errorf("guest: %w", err)
	}
	for _, line := range header.Values("Set-Cookie") {
		if pair, _, _ := strings.Cut(line, ";"); pair != "" {
			return pair, nil
		}
	}
	return "", fmt.Errorf("guest: %w: there is no cookie", errAnswer)
}

// newTable makes a table for a friend, and returns its id. Who makes it plays
// White.
func (a *api) newTable(ctx context.Context, cookie string) (string, error) {
	body := `{"kind":"chess","setup":{"variant":"standard"},"color":"white","opponent":"friend","control":"` + a.control + `"}`
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/tables", strings.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Cookie", cookie)
	r.Header.Set("Content-Type", "application/json")
	got, _, err := a.do(a.keep, r)
	if err != nil {
		return "", fmt.Errorf("new table: %w", err)
	}
	var made struct{ Table string }
	if err := json.Unmarshal(got, &made); err != nil || made.Table == "" {
		return "", fmt.Errorf("new table: %w: %.100q", errAnswer, got)
	}
	return made.Table, nil
}

// table reads a table back.
func (a *api) table(ctx context.Context, id string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+"/tables/"+id, nil)
	if err != nil {
		return nil, err
	}
	got, _, err := a.do(a.keep, r)
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", id, err)
	}
	return got, nil
}

// errAnswer: the server answers what it should not.
var errAnswer = errors.New("unexpected answer")

// errGone: the server does not know the table.
var errGone = errors.New("unknown table")

func (a *api) do(client *http.Client, r *http.Request) ([]byte, http.Header, error) {
	answer, err := client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	var body bytes.Buffer
	if _, err := io.Copy(&body, io.LimitReader(answer.Body, maxAnswer)); err != nil {
		return nil, nil, err
	}
	switch {
	case answer.StatusCode == http.StatusTooManyRequests, answer.StatusCode >= 502 && answer.StatusCode <= 504:
		return nil, nil, fmt.Errorf("%w: %s", errBusy, answer.Status)
	case answer.StatusCode == http.StatusNotFound:
		return nil, nil, errGone
	case answer.StatusCode >= 300:
		return nil, nil, fmt.Errorf("%w: %s: %.200s", errAnswer, answer.Status, body.Bytes())
	}
	return body.Bytes(), answer.Header, nil
}
