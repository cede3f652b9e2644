//go:build unix

package walstore

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"testing"

	"kibitz/internal/table"
)

const killDir = "KIBITZ_TEST_JOURNAL_DIR"

// TestKill kills a process with SIGKILL while eight tables append, several
// times over: each life finds everything that the ones before acknowledged.
func TestKill(t *testing.T) {
	if dir := os.Getenv(killDir); dir != "" {
		appendForEver(t, dir)
		return
	}
	dir := t.TempDir()
	acked := make(map[table.ID]table.Seq)
	for life := range 5 {
		killed(t, dir, acked, 300+100*life)
		s, err := Open(dir, Options{SegmentBytes: 20_000})
		if err != nil {
			t.Fatalf("life %d: %v", life, err)
		}
		for id, n := range acked {
			got, err := s.Read(t.Context(), id, 0)
			if err != nil || len(got) < int(n) || len(got)%2 != 0 {
				t.Errorf("life %d: got %d records of %s, %v, want the %d acknowledged, and pairs", life, len(got), id, err, n)
			}
			if want := toyRecords(id, 0, len(got)); !reflect.DeepEqual(got, want) {
				t.Errorf("life %d: %s: got %v, want %v", life, id, got, want)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killed runs a child until it has acknowledged so many appends, and kills it.
func killed(t *testing.T, dir string, acked map[table.ID]table.Seq, appends int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKill$")
	child.Env = append(os.Environ(), killDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		var id string
		var seq table.Seq
		if _, err := fmt.Sscanf(lines.Text(), "acked %s %d", &id, &seq); err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
		acked[table.ID(id)] = max(acked[table.ID(id)], seq)
		if n == appends {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
}

// appendForEver is the child.
func appendForEver(t *testing.T, dir string) {
	s, err := Open(dir, Options{SegmentBytes: 20_000})
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range 8 {
		go func() {
			id := toyID(n)
			got, _ := s.Read(t.Context(), id, 0)
			for seq := table.Seq(len(got)); ; seq += 2 {
				if err := s.Append(t.Context(), id, seq, toyRecords(id, seq, 2)); err != nil {
					fmt.Println(err)
					return
				}
				fmt.Printf("acked %s %d\n", id, seq+2)
			}
		}()
	}
	<-s.Done()
}
