package verify

import (
	"bufio"
	"io"
	"strconv"
)

// maxLine bounds a line of a file of positions.
const maxLine = 1 << 20

// eachLine calls check with every line that is not empty, and its number.
func eachLine(in io.Reader, check func(place, line string)) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine)
	for number := 1; scanner.Scan(); number++ {
		if line := scanner.Text(); line != "" {
			check(strconv.Itoa(number), line)
		}
	}
	return scanner.Err()
}
