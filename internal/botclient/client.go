package botclient

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Refusals by the server, or on the way there.
var (
	// ErrRefused: the server said no, and asking again will not help.
	ErrRefused = errors.New("the server refuses")
	// ErrAway: the server could not be reached for long.
	ErrAway = errors.New("the server does not answer")
)

// How long requests are tried, and how often.
const (
	requestTime = 10 * time.Second
	tryFor      = time.Minute
	firstPause  = 100 * time.Millisecond
	longPause   = 5 * time.Second
	// tooFast is the wait after a 429 that does not say how long.
	tooFast = time.Minute
	maxLine = 1 << 20
	// idleConns is how many connections are kept for further requests.
	idleConns = 16
)

// client speaks HTTP with one server, for one token.
type client struct {
	base  string
	token string
	http  *http.Client
}

func newClient(base, token string) (*client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("the URL is such as https://play.example.org, not %q", base)
	}
	if strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("the API is at the root of a server; leave out the path of %q", base)
	}
	// Each game has a request now and then: keep a connection for every one.
	own := &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: idleConns, IdleConnTimeout: time.Minute}
	return &client{base: u.Scheme + "://" + u.Host, token: token, http: &http.Client{Transport: own}}, nil
}

func (c *client) request(ctx context.Context, method, path string, form url.Values) (*http.Request, error) {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("User-Agent", "kibitz-bot")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r, nil
}

// call does a request until the server has answered it, and reads the answer
// into v unless that is nil. While the server is away or busy it tries again,
// for a minute.
func (c *client) call(ctx context.Context, method, path string, form url.Values, v any) error {
	begun, pause := time.Now(), firstPause
	for {
		wait, err := c.try(ctx, method, path, form, v)
		if wait == 0 || ctx.Err() != nil {
			return err
		}
		if wait < 0 {
			wait, pause = pause, min(2*pause, longPause)
		}
		if time.Since(begun)+wait > tryFor && wait != tooFast {
			return fmt.Errorf("%w: %s %s: %w", ErrAway, method, path, err)
		}
		if !sleep(ctx, wait) {
			return ctx.Err()
		}
	}
}

// try does a request once. A wait above zero is how long to wait before trying
// again, below zero that trying again is good soon.
func (c *client) try(ctx context.Context, method, path string, form url.Values, v any) (wait time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	r, err := c.request(ctx, method, path, form)
	if err != nil {
		return 0, err
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return -1, err
	}
	defer func() { _ = answer.Body.Close() }() // it is only read
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxLine))
	switch {
	case err != nil:
		return -1, err
	case answer.StatusCode == http.StatusTooManyRequests:
		return retryAfter(answer), refusal(method, path, answer.StatusCode, body)
	case answer.StatusCode >= http.StatusInternalServerError:
		return -1, refusal(method, path, answer.StatusCode, body)
	case answer.StatusCode >= http.StatusBadRequest:
		return 0, refusal(method, path, answer.StatusCode, body)
	case v == nil:
		return 0, nil
	}
	if err := json.Unmarshal(body, v); err != nil {
		return 0, fmt.Errorf("%w: %s %s: the answer is no JSON: %w", ErrRefused, method, path, err)
	}
	return 0, nil
}

func retryAfter(answer *http.Response) time.Duration {
	if n, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	return tooFast
}

func refusal(method, path string, status int, body []byte) error {
	return fmt.Errorf("%w: %s %s: %d %s", ErrRefused, method, path, status, bytes.TrimSpace(body[:min(len(body), 300)]))
}

func (c *client) get(ctx context.Context, path string, v any) error {
	return c.call(ctx, http.MethodGet, path, nil, v)
}

func (c *client) post(ctx context.Context, path string, form url.Values) error {
	return c.call(ctx, http.MethodPost, path, form, nil)
}

// sleep waits, and reports whether ctx still goes on then.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
