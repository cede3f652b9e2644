package account

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
)

// maxSettings is the size of the settings of one user, in bytes.
const maxSettings = 12 << 10

// Settings are the choices of the client that follow a user from device to
// device. The server only keeps them.
type Settings struct {
	// Version counts the changes, from 1; 0 is that there are none yet.
	Version int64
	// JSON is one object.
	JSON []byte
}

// Preferences keeps settings. It is safe for concurrent use.
type Preferences interface {
	// Settings returns those of a user; version 0 and {} when there are none.
	Settings(ctx context.Context, user ID) (Settings, error)
	// PutSettings replaces the settings of a version by those of the next, or
	// fails with ErrChanged when that is not the version any more.
	PutSettings(ctx context.Context, user ID, s Settings) error
}

// PutSettings checks and stores settings in place of a version, and returns
// the next version.
func (p People) PutSettings(ctx context.Context, user ID, s Settings) (int64, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(s.JSON, &object); err != nil || object == nil {
		return 0, fmt.Errorf("%w: settings are one JSON object", ErrInvalid)
	}
	var tight bytes.Buffer
	if err := json.Compact(&tight, s.JSON); err != nil {
		return 0, err
	}
	if tight.Len() > maxSettings {
		return 0, fmt.Errorf("%w: settings have at most %d bytes", ErrInvalid, maxSettings)
	}
	return s.Version + 1, p.Store.PutSettings(ctx, user, Settings{Version: s.Version, JSON: tight.Bytes()})
}
