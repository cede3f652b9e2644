package uci

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fakeServer opens an engine that would outlive it, tells its process id and
// waits to be killed.
func fakeServer() {
	path, err := os.Executable()
	if err != nil {
		panic(err)
	}
	e, err := Open(context.Background(), path, patient("stubborn"))
	if err != nil {
		panic(err)
	}
	fmt.Println(e.proc.cmd.Process.Pid)
	sleepOn(nil)
}

func TestEngineDiesWithTheServer(t *testing.T) {
	server := exec.CommandContext(t.Context(), self(t), "fake-server")
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || !runs(pid) {
		t.Fatalf("the engine is process %q (%v)", line, err)
	}
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait() // says that it was killed
	for tries := 0; runs(pid); tries++ {
		if tries == 3000 {
			t.Fatal("the engine lives without its server")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// runs reports whether a process runs, and is not one that nobody waits for.
func runs(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(rest, "Z") && !strings.HasPrefix(rest, "X")
}
