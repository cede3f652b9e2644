// Package verify checks files of positions and games of known outcome against our own rules.
package verify

import (
	"fmt"
	"io"
)

// Report counts what was checked and writes a line for every failure. The unit is a line of the file, or a game. It is
// not safe for concurrent use.
type Report struct {
	OK, Failed, Skipped int

	out  io.Writer
	file string
}

// NewReport writes its lines to out as they come. Errors of out are the caller's to notice.
func NewReport(out io.Writer) *Report { return &Report{out: out} }

// Begin names the file that the next checks are about.
func (r *Report) Begin(file string) { r.file = file }

// unit counts one line or game: as failed when there are problems, each of which becomes a line.
func (r *Report) unit(place string, problems []string) {
	if len(problems) == 0 {
		r.OK++
		return
	}
	r.Failed++
	for _, problem := range problems {
		fmt.Fprintf(r.out, "%s:%s: %s\n", r.file, place, problem)
	}
}

// skip counts n units that could not be checked, and says why.
func (r *Report) skip(n int, why string) {
	r.Skipped += n
	fmt.Fprintf(r.out, "%s: skipped %d: %s\n", r.file, n, why)
}

// Summary is the closing line.
func (r *Report) Summary() string {
	text := fmt.Sprintf("%d ok, %d failed", r.OK, r.Failed)
	if r.Skipped > 0 {
		text += fmt.Sprintf(", %d skipped", r.Skipped)
	}
	return text
}

// problems collects what is wrong with one unit.
type problems []string

func (p *problems) addf(format string, args ...any) {
	*p = append(*p, fmt.Sprintf(format, args...))
}
