// Package botclient joins a server as a bot, through the Bot API of lichess
// that any bot may use, and plays with a UCI engine. It is what `kibitz bot`
// runs, and the reference client in tests of that API. It knows no rules of
// chess: the server tells the moves, and the engine answers.
package botclient
