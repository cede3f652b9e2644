package account

import (
	_ "embed"
	"math"
	"strings"
	"sync"
)

//go:embed common.txt
var commonText string

// common maps each common password to its rank, from 1.
var common = sync.OnceValue(func() map[string]int {
	ranks := make(map[string]int, 8000)
	for line := range strings.Lines(commonText) {
		if word := strings.TrimSuffix(line, "\n"); !strings.HasPrefix(word, "#") {
			ranks[word] = len(ranks) + 1
		}
	}
	return ranks
})

// rows are what fingers walk along.
var rows = []string{
	"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "azertyuiop",
}

// Bits of guessing that the parts of a password are worth. A character by
// itself counts little, as people choose it (zxcvbn, Wheeler 2016, section 4).
const (
	bitsPerChar = 3.4
	bitsPerRun  = 5
	longestWord = 24
)

// unleet undoes the replacements that everybody knows.
var unleet = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t")

// strength estimates how many bits of guessing a password is worth: the
// cheapest way to put it together from common passwords, runs, the words that
// belong to this user, and single characters. A password of n bytes takes
// about 24n steps.
func strength(password string, own ...string) float64 {
	p := strings.ToLower(password)
	if len(p) > 64 {
		p = p[:64] // enough is enough
	}
	plain := unleet.Replace(p)
	best := make([]float64, len(p)+1)
	for end := 1; end <= len(p); end++ {
		best[end] = best[end-1] + bitsPerChar
		for from := max(0, end-longestWord); from < end-2; from++ {
			best[end] = min(best[end], best[from]+part(p[from:end], own), best[from]+part(plain[from:end], own)+1)
		}
	}
	return best[len(p)]
}

// part is what one part of a password is worth as a whole.
func part(s string, own []string) float64 {
	for _, word := range own {
		if strings.EqualFold(word, s) {
			return 1
		}
	}
	if rank := common()[s]; rank > 0 {
		return 1 + math.Log2(float64(rank))
	}
	if isRun(s) {
		return bitsPerRun + math.Log2(float64(len(s)))
	}
	return math.Inf(1)
}

// isRun reports whether a string repeats something short, or walks along the
// alphabet, the digits or the keys.
func isRun(s string) bool {
	for period := 1; period <= len(s)/3; period++ {
		if len(s)%period == 0 && strings.Repeat(s[:period], len(s)/period) == s {
			return true
		}
	}
	back := reversed(s)
	for _, row := range rows {
		if strings.Contains(row, s) || strings.Contains(row, back) {
			return true
		}
	}
	return false
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
