package server

import "time"

const expiresHelp = "When the certificate expires, in Unix time; 0 without one."

// gaugePlace shows what a server needs from around it: room, and a certificate.
func (w *watch) gaugePlace(s *Server) {
	if s.cfg.Data != "" && s.node == nil { // a node of a cluster keeps nothing there
		w.metrics.Gauge("data_free_bytes", "Bytes that are left on the disk of the data folder.",
			func() int { return freeBytes(s.cfg.Data) })
	}
	if s.cfg.TLS.Domain != "" {
		w.metrics.Gauge("certificate_expires_seconds", expiresHelp, func() int { return s.guard.expires() })
	}
}

// expires returns when the last certificate for the domain does, in Unix time,
// and 0 when there is none.
func (g *guard) expires() int {
	var last time.Time
	for _, c := range g.cache.AllMatchingCertificates(g.domain) {
		if c.Leaf != nil && c.Leaf.NotAfter.After(last) {
			last = c.Leaf.NotAfter
		}
	}
	if last.IsZero() {
		return 0
	}
	return int(last.Unix())
}
