package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A server that runs is copied by the command, and the copy is served.
func TestBackupAndRestore(t *testing.T) {
	s := startServer(t)
	got, status := benchOf(t, s, "--games", "5", "--think", "0", "--duration", "1s")
	if status != exitOK || got.Moves == 0 {
		t.Fatalf("status %d, %+v", status, got)
	}
	file, dir := filepath.Join(t.TempDir(), "a.tar.gz"), filepath.Join(t.TempDir(), "new")
	step := func(want int, args ...string) string {
		t.Helper()
		var stdout, stderr strings.Builder
		if status := run(args, &stdout, &stderr); status != want {
			t.Fatalf("%v: status %d, want %d: %s%s", args, status, want, stdout.String(), stderr.String())
		}
		return stdout.String() + stderr.String()
	}
	step(exitOK, "backup", "--data", s.data, file)
	step(exitFailed, "backup", "--data", s.data, file) // it is there
	step(exitUsage, "backup", "--data", s.data)
	step(exitOK, "restore", "--data", dir, file)
	step(exitFailed, "restore", "--data", dir, file) // it is not empty
	step(exitUsage, "restore", "--data", dir, filepath.Join(dir, "nothing"))
	copied := &serverProcess{tb: t, addr: s.addr, data: dir}
	s.kill()
	copied.start()
	t.Cleanup(copied.kill)
	if got, status := benchOf(t, copied, "--games", "2", "--think", "0", "--duration", "500ms"); status != exitOK || got.Moves == 0 {
		t.Errorf("status %d, %+v", status, got)
	}
	copied.kill()
	if said := step(exitOK, "check", "--data", dir); !strings.Contains(said, " 0 differences") {
		t.Errorf("check says %s", said)
	}
	step(exitOK, "export", "--data", dir)
	step(exitUsage, "export", "--data", dir, "--format", "exe")
	step(exitUsage, "export", "--data", dir, "--user", "nobody-at-all")
	step(exitUsage, "export", "--data", t.TempDir())
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".kibitz-*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want a file for its owner alone", info, err)
	}
}
