package main

import (
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	for _, row := range []struct {
		name           string
		args           []string
		status         int
		stdout, stderr string
	}{
		{"help", []string{"help"}, exitOK, "usage: kibitz", ""},
		{"help flag", []string{"--help"}, exitOK, "usage: kibitz", ""},
		{"nothing", nil, exitUsage, "", "usage: kibitz"},
		{"unknown", []string{"frobnicate"}, exitUsage, "", `no subcommand "frobnicate"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			if got := run(row.args, &stdout, &stderr); got != row.status {
				t.Errorf("status %d, want %d", got, row.status)
			}
			if !strings.Contains(stdout.String(), row.stdout) || row.stdout == "" && stdout.Len() > 0 {
				t.Errorf("stdout %q, want %q", stdout.String(), row.stdout)
			}
			if !strings.Contains(stderr.String(), row.stderr) || row.stderr == "" && stderr.Len() > 0 {
				t.Errorf("stderr %q, want %q", stderr.String(), row.stderr)
			}
		})
	}
}

func TestHelpListsEveryCommand(t *testing.T) {
	var stdout, stderr strings.Builder
	run([]string{"help"}, &stdout, &stderr)
	for _, c := range commands {
		if !strings.Contains(stdout.String(), "  "+c.name+" ") || c.summary == "" {
			t.Errorf("the help does not say what %s does:\n%s", c.name, stdout.String())
		}
	}
}
