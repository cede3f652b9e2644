package httpapi

import "context"

// RemindAll writes to those who are away now, and not only every ten minutes.
func (s *Server) RemindAll(ctx context.Context) error { return s.remindAll(ctx) }
