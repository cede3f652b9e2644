package httpapi

import "net/http"

// operation describes an address for the OpenAPI document.
type operation struct {
	// does is what it is for.
	does string
	// who may: "" anybody, "session" who is signed in, "member" who is no
	// guest.
	who string
	// in are the fields of the body, and out those of the answer: names with
	// spaces between, "?" behind one that may be left out, and before it "#"
	// for a number, "!" for a truth, "[]" for a list of strings, "{}" for an
	// object, and "Schema:" or "Schema[]:" for what components has.
	in, out string
	// status is that of success. Default: 200.
	status int
}

// operations is what is said of every address, in one list. A test compares it
// with routes.
var operations = map[string]operation{
	"GET /ws":      {does: "Open the WebSocket of docs/protocol.md", status: http.StatusSwitchingProtocols},
	"GET /healthz": {does: "Ask whether the server runs", out: "!ok"},
	"GET /readyz":  {does: "Ask whether the server takes players", out: "!ok"},

	"GET /api":              {does: "Open the page for developers"},
	"GET /api/openapi.json": {does: "Read this document", out: "openapi {}paths"},

	"GET /api/v1/site":         {does: "Ask what a visitor can do here", out: "sign_up !mail !admin"},
	"GET /api/v1/names/{name}": {does: "Ask whether a name can be taken", out: "name !free why?"},
	"POST /api/v1/guests":      {does: "Become a guest", out: "User:user", status: http.StatusCreated},
	"POST /api/v1/signup": {does: "Make an account, of a guest or anew", in: "name password email?", out: "User:user",
		status: http.StatusCreated},
	"POST /api/v1/admin/first": {does: "Become the first admin", in: "code name password", out: "User:user", status: http.StatusCreated},

	"POST /api/v1/login":                 {does: "Sign in with a password", in: "name password", out: "User:user? need? ticket?"},
	"POST /api/v1/login/totp":            {does: "Give the second factor", in: "ticket code", out: "User:user"},
	"POST /api/v1/login/passkey/options": {does: "Ask for a passkey", in: "", out: "ticket {}options"},
	"POST /api/v1/login/passkey":         {does: "Sign in with a passkey", in: "ticket {}credential", out: "User:user"},
	"POST /api/v1/recovery/code":         {does: "Set a password by a recovery code", in: "name code password", out: "User:user"},
	"POST /api/v1/recovery/mail":         {does: "Ask for a link by mail", in: "name", status: http.StatusAccepted},
	"POST /api/v1/recovery/link":         {does: "Set a password by a link", in: "token password", out: "User:user? need? ticket?"},

	"GET /api/v1/me":            {does: "Read my account", who: "session", out: "User:user Account:account?"},
	"PATCH /api/v1/me":          {does: "Change my address or privacy", who: "member", in: "email? Privacy:privacy? password?", out: "User:user Account:account"},
	"DELETE /api/v1/me/session": {does: "Sign out", who: "session", status: http.StatusNoContent},
	"POST /api/v1/me/password":  {does: "Change my password", who: "member", in: "old? new", out: "User:user"},
	"POST /api/v1/me/rename":    {does: "Change my name, once", who: "member", in: "name password?", out: "User:user"},
	"POST /api/v1/me/close":     {does: "Close my account for ever", who: "member", in: "name password?", status: http.StatusNoContent},
	"GET /api/v1/me/export":     {does: "Download everything that is known of me, as a zip", who: "member"},

	"GET /api/v1/me/sessions":         {does: "List where I am signed in", who: "session", out: "Session[]:sessions"},
	"DELETE /api/v1/me/sessions":      {does: "Sign out everywhere else", who: "session", out: "#ended"},
	"DELETE /api/v1/me/sessions/{id}": {does: "Sign out in one place", who: "session", status: http.StatusNoContent},

	"GET /api/v1/me/passkeys":          {does: "List my passkeys", who: "member", out: "Passkey[]:passkeys"},
	"POST /api/v1/me/passkeys/options": {does: "Begin to add a passkey", who: "member", in: "password?", out: "ticket {}options"},
	"POST /api/v1/me/passkeys": {does: "Add a passkey", who: "member", in: "ticket name {}credential", out: "id name #created_at #used_at",
		status: http.StatusCreated},
	"DELETE /api/v1/me/passkeys/{id}": {does: "Remove a passkey", who: "member", in: "password?", status: http.StatusNoContent},
	"POST /api/v1/me/totp":            {does: "Begin to add a second factor", who: "member", in: "password?", out: "secret uri"},
	"POST /api/v1/me/totp/confirm":    {does: "Turn the second factor on", who: "member", in: "code", out: "[]codes"},
	"DELETE /api/v1/me/totp":          {does: "Take the second factor away", who: "member", in: "password?", status: http.StatusNoContent},
	"POST /api/v1/me/recovery-codes":  {does: "Make new recovery codes", who: "member", in: "password?", out: "[]codes"},

	"GET /api/v1/me/settings":         {does: "Read my settings", who: "session", out: "#version {}settings"},
	"PUT /api/v1/me/settings":         {does: "Replace my settings", who: "session", in: "#version {}settings", out: "#version"},
	"GET /api/v1/me/reminders":        {does: "Ask when I get letters about games that wait", who: "member", out: "#after_hours !mail"},
	"PUT /api/v1/me/reminders":        {does: "Ask for such letters, or for none", who: "member", in: "#after_hours", out: "#after_hours !mail"},
	"GET /api/v1/me/blocks":           {does: "List whom I block", who: "session", out: "Blocked[]:blocks"},
	"PUT /api/v1/me/blocks/{name}":    {does: "Block somebody", who: "session", status: http.StatusNoContent},
	"DELETE /api/v1/me/blocks/{name}": {does: "Unblock somebody", who: "session", status: http.StatusNoContent},
	"GET /api/v1/me/tokens":           {does: "List my access tokens", who: "member", out: "Token[]:tokens"},
	"POST /api/v1/me/tokens": {does: "Make an access token", who: "member", in: "name []scopes #days password?",
		out: "id name []scopes #created_at #expires_at #used_at token", status: http.StatusCreated},
	"DELETE /api/v1/me/tokens/{id}": {does: "Void an access token", who: "member", status: http.StatusNoContent},
	"POST /api/v1/me/grants/check": {does: "Ask what a program would get by OAuth", who: "member", in: wishFields,
		out: "client []scopes denied"},
	"POST /api/v1/me/grants": {does: "Let a program act for me, by OAuth", who: "member", in: wishFields, out: "allowed"},

	"GET /api/v1/admin/users":                    {does: "Find accounts, for admins", who: "member", out: "Known[]:users next"},
	"GET /api/v1/admin/users/{name}/sessions":    {does: "List where somebody is signed in, for admins", who: "member", out: "Session[]:sessions"},
	"DELETE /api/v1/admin/users/{name}/sessions": {does: "Sign somebody out everywhere, for admins", who: "member", out: "#ended"},
	"POST /api/v1/admin/users/{name}/role":       {does: "Change what somebody may do, for admins", who: "member", in: "role password?", out: "User:user"},
	"POST /api/v1/admin/users/{name}/rename":     {does: "Give somebody another name, for admins", who: "member", in: "name password?", out: "User:user"},
	"POST /api/v1/admin/users/{name}/close":      {does: "Close somebody's account for ever, for admins", who: "member", in: "name password?", status: http.StatusNoContent},
	"GET /api/v1/admin/deeds":                    {does: "List what was done to accounts, for admins", who: "member", out: "{}deeds next"},

	"GET /unsubscribe":  {does: "Ask, on a page, whether to end the letters"},
	"POST /unsubscribe": {does: "End the letters by the token of a link"},

	"POST /api/v1/tables": {does: "Make a table against a friend or the house", who: "session",
		in: "kind {}setup? control color opponent name? #level? !rated?", out: "table #seat", status: http.StatusCreated},
	"GET /api/v1/tables":                  {does: "List running tables to watch", out: "{}tables"},
	"GET /api/v1/tables/{id}":             {does: "Read a table as a spectator sees it", out: "type table {}events"},
	"GET /api/v1/tables/{id}/connections": {does: "List who is connected to a table of mine", who: "session", out: "Connection[]:connections"},
	"GET /api/v1/house":                   {does: "List the house players", out: "{}levels"},
	"GET /api/v1/poker/tables":            {does: "List the tables of poker, and those that can be opened", out: "{}tables {}presets"},
	"POST /api/v1/poker/quick":            {does: "Find a table of poker with a free seat", who: "session", in: "preset", out: "table"},
	"GET /api/v1/chips":                   {does: "Ask how many chips I have", who: "session", out: "#chips !daily #next #daily_chips"},
	"POST /api/v1/chips/daily":            {does: "Take today's chips", who: "session", out: "#chips !daily #next #daily_chips"},
	"GET /api/v1/chips/transfers":         {does: "List where my chips came from and went", who: "session", out: "{}transfers"},

	"GET /api/v1/games/{id}":             {does: "Read a game, running or finished; with .pgn or .ndjson behind the id, as a file", out: "table kind variant {}players {}state"},
	"GET /api/games/{id}":                {does: "The same, for programs that know lichess", out: "table kind variant {}players {}state"},
	"GET /api/v1/games/{id}/analysis":    {does: "Ask how the review of a game stands", out: "status !engine #ahead? #done? #plies? !mine? why? {}report?"},
	"POST /api/v1/games/{id}/analysis":   {does: "Ask the server to review a game", who: "session", out: "status !engine #ahead? #done? #plies? !mine? why? {}report?"},
	"PUT /api/v1/games/{id}/analysis":    {does: "Add the review that a browser made", who: "session", in: "engine #nodes {}start {}plies", status: http.StatusNoContent},
	"DELETE /api/v1/games/{id}/analysis": {does: "Take my request for a review back", who: "session", status: http.StatusNoContent},

	"GET /api/v1/me/ratings":         {does: "List my ratings", who: "session", out: "Rating[]:ratings"},
	"GET /api/v1/me/games.pgn":       {does: "Download all my games as PGN", who: "session"},
	"GET /api/v1/me/games.ndjson":    {does: "Download all my games as lines of JSON", who: "session"},
	"GET /api/v1/me/imports":         {does: "List the files of games that I brought", who: "member", out: "Import[]:imports"},
	"POST /api/v1/me/imports":        {does: "Bring a file of games in PGN", who: "member", out: importFields, status: http.StatusCreated},
	"GET /api/v1/me/imports/{id}":    {does: "Ask how far an import is", who: "member", out: importFields},
	"DELETE /api/v1/me/imports/{id}": {does: "Remove an import and its games", who: "member", status: http.StatusNoContent},

	"GET /api/v1/users":                              {does: "Find people by how their names begin", out: "{}users"},
	"GET /api/v1/users/{name}":                       {does: "Read what everybody may know of somebody", out: "{}user !online? #seen_at? #joined_at #playtime_ms {}counts Rating[]:ratings {}you?"},
	"GET /api/v1/users/{name}/stats":                 {does: "Read statistics", out: "{}speeds {}streaks {}best_win {}openings {}colors {}controls"},
	"GET /api/v1/users/{name}/games":                 {does: "List finished games", out: "{}games next"},
	"GET /api/v1/users/{name}/games.pgn":             {does: "Download the games of somebody as PGN"},
	"GET /api/v1/users/{name}/games.ndjson":          {does: "Download the games of somebody as lines of JSON"},
	"GET /api/v1/users/{name}/against/{other}":       {does: "Count the games of two people against each other", out: "#win #draw #loss #games {}last"},
	"GET /api/v1/users/{name}/ratings/{key}/history": {does: "Read the points of a chart", out: "key {}points"},
	"GET /api/v1/leaderboards/{key}":                 {does: "Read a leaderboard", out: "key {}players next #total {}you?"},

	"GET /api/v1/hands/{id}":               {does: "Read a finished hand as I may know it; with .phh, .ohh.json or .txt behind the id, as a file", out: "id table #number variant {}players {}steps {}pots format stakes !private previous? next?"},
	"POST /api/v1/hands/import":            {does: "Read a file of hands in PHH for the replayer; nothing is stored", out: "{}hands"},
	"GET /api/v1/tables/{id}/hands":        {does: "List the finished hands of a table as I may know them", out: "{}hands next"},
	"GET /api/v1/tables/{id}/hands.phhs":   {does: "Download the hands of a table as I may know them"},
	"GET /api/v1/users/{name}/hands":       {does: "List my hands", who: "session", out: "{}hands next"},
	"GET /api/v1/users/{name}/poker-stats": {does: "Read how somebody plays poker", out: "#hands {}vpip {}pfr {}classes?"},
	"GET /api/v1/me/hands.phh":             {does: "Download all my hands in the Poker Hand History format", who: "session"},
	"GET /api/v1/me/hands.ohh":             {does: "Download all my hands in the Open Hand History format", who: "session"},
	"GET /api/v1/me/hands.txt":             {does: "Download all my hands as text", who: "session"},
}

// wishFields are those of what a program asks for by OAuth.
const wishFields = "response_type client_id redirect_uri code_challenge code_challenge_method scope state"

// importFields are those of an import.
const importFields = "id state why? !public #size #read #games #added #duplicates #refused {}errors #created_at #done_at"

// schemas are the components that operations name.
var schemas = map[string]string{
	"User":       "id name !guest role?",
	"Privacy":    "challenge chat !hidden",
	"Account":    "email #created_at !password !totp #recovery_codes_left !renamed Privacy:privacy",
	"Session":    "id device browser addr #created_at #seen_at !current",
	"Passkey":    "id name #created_at #used_at",
	"Token":      "id name []scopes #created_at #expires_at #used_at",
	"Known":      "id name role #created_at",
	"Blocked":    "id name",
	"Connection": "user name device browser addr #since_at",
	"Rating":     "key #rating #rd !provisional #games {}rank? #progress? {}spark?",
	"Import":     importFields,
	"Error":      "Problem:error",
	"Problem":    "code message",
}
