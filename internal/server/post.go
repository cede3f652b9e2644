package server

import (
	"fmt"

	"kibitz/internal/table"
)

// here refuses what only a server that is alone can play: the journal of a
// cluster keeps a record for 72 hours, and a turn may take days. It refuses every
// game while the archive is too far behind.
func (n *appNode) here(s table.Setup) error {
	if n != nil && s.Control.Days > 0 {
		return fmt.Errorf("%w: games by correspondence are not played on this server, which is a cluster: its journal keeps a game for 72 hours; choose a clock", table.ErrSetup)
	}
	if n != nil {
		return n.server.backlog.full()
	}
	return nil
}
