package httpapi

import "kibitz/internal/account"

// Here reports whether a user has a socket.
func (s *Server) Here(user account.ID) bool {
	return len(s.hub.all(func(c *socket) bool { return c.user != nil && c.user.ID == user })) > 0
}

// SignOut closes the sockets that a token opened.
func (s *Server) SignOut(token account.TokenHash) { s.hub.signOut(token) }
