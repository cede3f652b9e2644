package cluster

import (
	"fmt"
	"strings"
)

// CheckSubject refuses, with ErrSubject, what Publish cannot send to.
func CheckSubject(subject string) error { return checkWords(subject, false) }

// CheckPattern refuses, with ErrSubject, what Subscribe cannot listen to.
func CheckPattern(pattern string) error { return checkWords(pattern, true) }

func checkWords(subject string, pattern bool) error {
	words := strings.Split(subject, ".")
	for i, w := range words {
		wild := w == "*" || w == ">" && i == len(words)-1
		if wild && pattern {
			continue
		}
		if w == "" || strings.ContainsFunc(w, notInWord) {
			return fmt.Errorf("%w: %q", ErrSubject, subject)
		}
	}
	return nil
}

func notInWord(c rune) bool {
	return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_'
}

// Matches reports whether a subscription to the pattern gets what is sent to
// the subject.
func Matches(pattern, subject string) bool {
	words := strings.Split(subject, ".")
	for i, w := range strings.Split(pattern, ".") {
		switch {
		case w == ">":
			return len(words) > i
		case i >= len(words) || w != "*" && w != words[i]:
			return false
		}
		if strings.Count(pattern, ".") == i {
			return len(words) == i+1
		}
	}
	return false
}

// GatewayHeader names, in a request, the gateway through which it came.
const GatewayHeader = "Kibitz-Gateway"
