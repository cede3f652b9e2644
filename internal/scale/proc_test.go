package scale

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of the times in /proc/PID/stat: USER_HZ, 100 on Linux for
// every program.
const tick = 10 * time.Millisecond

// usage is what a process has used so far.
type usage struct {
	cpu      time.Duration
	resident int64 // bytes
	written  int64 // bytes that were sent to the disk
}

func (u usage) minus(o usage) usage {
	return usage{u.cpu - o.cpu, u.resident - o.resident, u.written - o.written}
}

func (u usage) plus(o usage) usage {
	return usage{u.cpu + o.cpu, u.resident + o.resident, u.written + o.written}
}

// usageOf reads what a process has used, zero when it is gone. Of children that
// ended it counts the processor time.
func usageOf(pid int) (u usage, parent int) {
	dir := "/proc/" + strconv.Itoa(pid)
	b, err := os.ReadFile(dir + "/stat")
	if err != nil {
		return usage{}, 0
	}
	// The name in brackets may hold spaces; after it come the fields from 3 on.
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	number := func(field int) int64 {
		n, _ := strconv.ParseInt(fields[field-3], 10, 64)
		return n
	}
	u.cpu = time.Duration(number(14)+number(15)+number(16)+number(17)) * tick
	u.resident = number(24) * int64(os.Getpagesize())
	if io, err := os.ReadFile(dir + "/io"); err == nil {
		for line := range strings.Lines(string(io)) {
			if n, ok := strings.CutPrefix(line, "write_bytes: "); ok {
				u.written, _ = strconv.ParseInt(strings.TrimSpace(n), 10, 64)
			}
		}
	}
	return u, int(number(4))
}

// usageOfTree is that of a process and its children.
func usageOfTree(pid int) usage {
	all, _ := usageOf(pid)
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		child, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if u, parent := usageOf(child); parent == pid {
			all = all.plus(u)
		}
	}
	return all
}

// pidIn reads the first line of a file.
func pidIn(name string) (int, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return strconv.Atoi(strings.TrimSpace(line))
}

// sizeOf adds up the files below a folder.
func sizeOf(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil
	})
	return bytes
}

// load is the load average of the last minute.
func load() string {
	b, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(b), " ")
	return first
}
