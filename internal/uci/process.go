package uci

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// maxLine is the longest line that an engine may write.
const maxLine = 64 << 10

// process is a running engine. One goroutine reads its lines and one waits for
// its end; stop waits for both.
type process struct {
	cmd   *exec.Cmd
	stdin *os.File
	// lines is closed when the engine writes no more; failed then says why,
	// where it is the engine's fault.
	lines  chan string
	failed error
	stdout *os.File
	// quit ends the reader, and dead is closed when the process has ended.
	quit, dead chan struct{}
}

// start runs a program with hardly any environment: an engine needs nothing of
// the server's, whose settings may be secret.
func start(path string, args []string) (*process, error) {
	childIn, stdin, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer childIn.Close()
	stdout, childOut, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, stdin.Close())
	}
	defer childOut.Close()
	cmd := exec.Command(path, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	cmd.Stdin, cmd.Stdout = childIn, childOut
	cmd.SysProcAttr = attributes()
	p := &process{
		cmd: cmd, stdin: stdin, stdout: stdout,
		lines: make(chan string), quit: make(chan struct{}), dead: make(chan struct{}),
	}
	started := make(chan error)
	go p.run(started)
	if err := <-started; err != nil {
		return nil, errors.Join(err, stdin.Close(), stdout.Close())
	}
	go p.read()
	return p, nil
}

// run starts the process and waits for its end, on one thread of its own: on
// Linux a child gets its death signal when the thread that made it ends (Go
// issue 27505), not the program.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	if err == nil {
		behind(p.cmd.Process.Pid)
	}
	started <- err
	if err == nil {
		_ = p.cmd.Wait() // the status is read from ProcessState
		close(p.dead)
	}
}

// read hands out lines until the engine writes no more.
func (p *process) read() {
	defer close(p.lines)
	r := bufio.NewReaderSize(p.stdout, maxLine)
	for {
		line, err := r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			p.failed = fmt.Errorf("a line of more than %d bytes", maxLine)
		}
		if err != nil {
			return
		}
		select {
		case p.lines <- strings.TrimSpace(string(line)):
		case <-p.quit:
			return
		}
	}
}

// write sends a line. A process that does not read fails after a time.
func (p *process) write(line string, within time.Duration) error {
	if err := p.stdin.SetWriteDeadline(time.Now().Add(within)); err != nil {
		return err
	}
	_, err := io.WriteString(p.stdin, line+"\n")
	return err
}

// ended says why there are no more lines. The process must have been stopped.
func (p *process) ended() error {
	if p.failed != nil {
		return p.failed
	}
	return fmt.Errorf("it ended its output (%s)", p.cmd.ProcessState)
}

// stop ends the process and returns when it is gone: asked when it may take
// some time, and killed otherwise.
func (p *process) stop(within time.Duration) {
	close(p.quit)
	if within > 0 {
		_ = p.write("quit", within) // or it notices the end of its input
	}
	_ = p.stdin.Close()
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-p.dead:
	case <-timer.C:
		_ = p.cmd.Process.Kill() // fails only when it has ended
		<-p.dead
	}
	_ = p.stdout.Close() // a child of the engine may hold the other end
	for range p.lines {  // until the reader is gone
	}
}
