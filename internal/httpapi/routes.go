package httpapi

import (
	"maps"
	"net/http"
)

// routes is every address of the server, in a few lists.
func (s *Server) routes() map[string]http.HandlerFunc {
	all := map[string]http.HandlerFunc{
		"GET /ws": s.webSocket,

		"POST /api/v1/guests":      s.postGuest,
		"GET /api/v1/site":         s.getSite,
		"GET /api/v1/names/{name}": s.getName,
		"POST /api/v1/signup":      s.postSignUp,
		"POST /api/v1/admin/first": s.postFirstAdmin,

		"POST /api/v1/login":                 s.postLogin,
		"POST /api/v1/login/totp":            s.postLoginTOTP,
		"POST /api/v1/login/passkey/options": s.postPasskeyOptions,
		"POST /api/v1/login/passkey":         s.postLoginPasskey,
		"POST /api/v1/recovery/code":         s.postRecoveryCode,
		"POST /api/v1/recovery/mail":         s.postRecoveryMail,
		"POST /api/v1/recovery/link":         s.postRecoveryLink,

		"GET /api/v1/me":                   s.mine(s.getMe),
		"PATCH /api/v1/me":                 s.members(s.patchMe),
		"DELETE /api/v1/me/session":        s.deleteSession,
		"POST /api/v1/me/password":         s.members(s.postPassword),
		"POST /api/v1/me/rename":           s.members(s.postRename),
		"POST /api/v1/me/close":            s.members(s.postClose),
		"GET /api/v1/me/export":            s.getExport,
		"GET /api/v1/me/sessions":          s.mine(s.getSessions),
		"DELETE /api/v1/me/sessions":       s.mine(s.deleteSessions),
		"DELETE /api/v1/me/sessions/{id}":  s.mine(s.deleteOneSession),
		"GET /api/v1/me/passkeys":          s.members(s.getPasskeys),
		"POST /api/v1/me/passkeys/options": s.members(s.postMyPasskeyOptions),
		"POST /api/v1/me/passkeys":         s.members(s.postPasskey),
		"DELETE /api/v1/me/passkeys/{id}":  s.members(s.deletePasskey),
		"POST /api/v1/me/totp":             s.members(s.postTOTP),
		"POST /api/v1/me/totp/confirm":     s.members(s.postTOTPConfirm),
		"DELETE /api/v1/me/totp":           s.members(s.deleteTOTP),
		"POST /api/v1/me/recovery-codes":   s.members(s.postRecoveryCodes),
		"GET /api/v1/me/settings":          s.mine(s.getSettings),
		"PUT /api/v1/me/settings":          s.mine(s.putSettings),
		"GET /api/v1/me/reminders":         s.members(s.getReminders),
		"PUT /api/v1/me/reminders":         s.members(s.putReminders),
		"GET /api/v1/me/blocks":            s.mine(s.getBlocks),
		"PUT /api/v1/me/blocks/{name}":     s.mine(s.putBlock),
		"DELETE /api/v1/me/blocks/{name}":  s.mine(s.deleteBlock),
		"GET /api/v1/me/tokens":            s.members(s.getTokens),
		"POST /api/v1/me/tokens":           s.members(s.postToken),
		"DELETE /api/v1/me/tokens/{id}":    s.members(s.deleteToken),
		"POST /api/v1/me/grants/check":     s.members(s.postGrantCheck),
		"POST /api/v1/me/grants":           s.members(s.postGrant),

		"POST /api/v1/tables":                 s.postTable,
		"GET /api/v1/tables":                  s.getTables,
		"GET /api/v1/tables/{id}":             s.getTable,
		"GET /api/v1/tables/{id}/connections": s.mine(s.getConnections),
		"GET /api/v1/house":                   s.getHouse,
		"GET /api/v1/poker/tables":            s.getRooms("poker"),
		"POST /api/v1/poker/quick":            s.mine(s.postQuick),
		"GET /api/v1/chips":                   s.mine(s.getChips),
		"POST /api/v1/chips/daily":            s.mine(s.postDaily),
		"GET /api/v1/chips/transfers":         s.mine(s.getTransfers),
		"/api/":                               s.noSuchAddress,
		"GET /api/openapi.json":               s.getOpenAPI,
		"GET /api":                            s.pages.ServeHTTP,

		"GET /unsubscribe":  s.getUnsubscribe,
		"POST /unsubscribe": s.postUnsubscribe,

		"GET /healthz": s.getHealth,
		"GET /readyz":  s.getReady,

		"/": s.pages.ServeHTTP,
	}
	maps.Copy(all, s.gameRoutes())
	maps.Copy(all, s.adminRoutes())
	return all
}

// adminRoutes are the addresses that are there for admins alone.
func (s *Server) adminRoutes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /api/v1/admin/users":                    s.admins(s.getAccounts),
		"GET /api/v1/admin/users/{name}/sessions":    s.admins(s.getSessionsOf),
		"DELETE /api/v1/admin/users/{name}/sessions": s.admins(s.deleteSessionsOf),
		"POST /api/v1/admin/users/{name}/role":       s.admins(s.postRole),
		"POST /api/v1/admin/users/{name}/rename":     s.admins(s.postNewName),
		"POST /api/v1/admin/users/{name}/close":      s.admins(s.postCloseOf),
		"GET /api/v1/admin/deeds":                    s.admins(s.getDeeds),
	}
}

// gameRoutes are the addresses of games, and of what follows from them.
func (s *Server) gameRoutes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /api/v1/games/{id}":             s.getGame,
		"GET /api/games/{id}":                s.getGame,
		"GET /api/v1/games/{id}/analysis":    s.getAnalysis,
		"POST /api/v1/games/{id}/analysis":   s.asMine(s.postAnalysis),
		"PUT /api/v1/games/{id}/analysis":    s.asMine(s.putAnalysis),
		"DELETE /api/v1/games/{id}/analysis": s.asMine(s.deleteAnalysis),

		"GET /api/v1/me/ratings":         s.asMine(s.getMyRatings),
		"GET /api/v1/me/games.pgn":       s.exportMine("pgn"),
		"GET /api/v1/me/games.ndjson":    s.exportMine("ndjson"),
		"GET /api/v1/me/imports":         s.asMember(s.getImports),
		"POST /api/v1/me/imports":        s.asMember(s.postImport),
		"GET /api/v1/me/imports/{id}":    s.asMember(s.getImport),
		"DELETE /api/v1/me/imports/{id}": s.asMember(s.deleteImport),

		"GET /api/v1/users":                              s.public(s.getUsers),
		"GET /api/v1/users/{name}":                       s.public(s.getProfile),
		"GET /api/v1/users/{name}/stats":                 s.public(s.getStats),
		"GET /api/v1/users/{name}/games":                 s.public(s.getUserGames),
		"GET /api/v1/users/{name}/games.pgn":             s.exportOf("pgn"),
		"GET /api/v1/users/{name}/games.ndjson":          s.exportOf("ndjson"),
		"GET /api/v1/users/{name}/against/{other}":       s.public(s.getAgainst),
		"GET /api/v1/users/{name}/ratings/{key}/history": s.public(s.getRatingHistory),
		"GET /api/v1/leaderboards/{key}":                 s.public(s.getLeaderboard),

		"GET /api/v1/hands/{id}":               s.getHand,
		"POST /api/v1/hands/import":            s.postHandsImport,
		"GET /api/v1/tables/{id}/hands":        s.public(s.getTableHands),
		"GET /api/v1/tables/{id}/hands.phhs":   s.getTableFile,
		"GET /api/v1/users/{name}/hands":       s.asMine(s.getUserHands),
		"GET /api/v1/users/{name}/poker-stats": s.public(s.getPokerStats),
		"GET /api/v1/me/hands.phh":             s.exportMyHands("phh"),
		"GET /api/v1/me/hands.ohh":             s.exportMyHands("ohh"),
		"GET /api/v1/me/hands.txt":             s.exportMyHands("txt"),
	}
}

// Handler returns the handler of all addresses.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, handle := range s.routes() {
		mux.HandleFunc(pattern, scoped(pattern, handle))
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(s.crossOrigin))
	return s.logged(s.recovered(s.secured(s.paced(cross.Handler(mux)))))
}
