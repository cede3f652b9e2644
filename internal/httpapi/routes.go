package httpapi

import "net/http"

// routes is every address of the server, in one list.
func (s *Server) routes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /ws": s.webSocket,

		"POST /api/v1/guests":       s.postGuest,
		"POST /api/v1/signup":       s.postSignUp,
		"POST /api/v1/login":        s.postLogin,
		"GET /api/v1/names/{name}":  s.getName,
		"GET /api/v1/me":            s.getMe,
		"DELETE /api/v1/me/session": s.deleteSession,
		"POST /api/v1/tables":       s.postTable,
		"GET /api/v1/tables":        s.getTables,
		"GET /api/v1/tables/{id}":   s.getTable,
		"GET /api/v1/house":         s.getHouse,
		"/api/":                     s.noSuchAddress,

		"GET /healthz": s.getHealth,
		"GET /readyz":  s.getReady,

		"/": s.pages.ServeHTTP,
	}
}

// Handler returns the handler of all addresses.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, handle := range s.routes() {
		mux.HandleFunc(pattern, handle)
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(s.crossOrigin))
	return s.logged(s.recovered(s.secured(cross.Handler(mux))))
}
