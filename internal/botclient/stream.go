package botclient

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// silence is how long a stream may say nothing: an empty line comes every few
// seconds.
const silence = 20 * time.Second

// stream reads lines of JSON until the stream ends, and hands those that are
// not empty to each. It returns nil at the end of the stream, and an error
// wrapping ErrRefused when there is none.
func (c *client) stream(ctx context.Context, path string, each func(line []byte) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r, err := c.request(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	watch := time.AfterFunc(silence, cancel)
	defer watch.Stop()
	answer, err := c.http.Do(r)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrAway, path, err)
	}
	defer func() { _ = answer.Body.Close() }() // it is only read
	if answer.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(answer.Body, maxLine)) // what there is of it
		if answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= http.StatusInternalServerError {
			return fmt.Errorf("%w: %s: %d", ErrAway, path, answer.StatusCode)
		}
		return refusal(http.MethodGet, path, answer.StatusCode, body)
	}
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		watch.Reset(silence)
		if len(lines.Bytes()) == 0 {
			continue
		}
		if err := each(lines.Bytes()); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %s: %w", ErrAway, path, err)
	}
	return nil
}
