package server

import "kibitz/internal/table"

// here refuses every new game while the archive is too far behind the journal of
// a cluster, which drops what is old. A server that is alone refuses none.
func (n *appNode) here(table.Setup) error {
	if n != nil {
		return n.server.backlog.full()
	}
	return nil
}
