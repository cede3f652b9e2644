package main

import "io"

// runConfig prints every setting of the server, its value, and where that
// came from.
func runConfig(args []string, stdout, stderr io.Writer) int {
	settings, _ := serveSettings(stderr)
	if status, done := resolve(settings, args, stderr); done {
		return status
	}
	settings.Print(stdout)
	return exitOK
}
