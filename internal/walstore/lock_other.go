//go:build !unix

package walstore

import (
	"errors"
	"fmt"
	"os"
)

// lock refuses: without flock two processes could write to one journal.
func lock(dir string) (*os.File, error) {
	return nil, fmt.Errorf("the journal in %s needs file locks: %w", dir, errors.ErrUnsupported)
}
