package pgn

import (
	"strings"
	"time"
)

// Comment is one comment: its embedded commands, and its words with single spaces between them.
type Comment struct {
	Text     string
	Commands []Command // in order, written before the text
}

// Command is an embedded command such as [%clk 0:03:00]: Name "clk", Args "0:03:00". Commands of unknown names are kept.
type Command struct {
	Name, Args string
}

// String returns the command in its brackets.
func (c Command) String() string {
	if c.Args == "" {
		return "[%" + c.Name + "]"
	}
	return "[%" + c.Name + " " + c.Args + "]"
}

// String returns what stands between the braces.
func (c Comment) String() string {
	words := make([]string, 0, len(c.Commands)+1)
	for _, command := range c.Commands {
		words = append(words, command.String())
	}
	if c.Text != "" {
		words = append(words, c.Text)
	}
	return strings.Join(words, " ")
}

// Command returns the arguments of the first command of that name among the comments behind the move.
func (n *Node) Command(name string) (string, bool) {
	for _, comment := range n.After {
		for _, command := range comment.Commands {
			if command.Name == name {
				return command.Args, true
			}
		}
	}
	return "", false
}

// Clock returns the time left after the move, from [%clk], and false when there is none that can be read.
func (n *Node) Clock() (time.Duration, bool) {
	args, _ := n.Command("clk")
	return ParseClock(args)
}

// Elapsed returns the time the move took, from [%emt].
func (n *Node) Elapsed() (time.Duration, bool) {
	args, _ := n.Command("emt")
	return ParseClock(args)
}

// Eval returns the engine's judgement of the position after the move, from [%eval].
func (n *Node) Eval() (Eval, bool) {
	args, _ := n.Command("eval")
	return ParseEval(args)
}

// parseComment takes the commands out of the raw text. Commands are appended to arena, which is returned grown.
func parseComment(raw string, arena []Command) (Comment, []Command) {
	rest := squeeze(raw)
	if !strings.Contains(rest, "[%") {
		return Comment{Text: rest}, arena
	}
	first := len(arena)
	var pieces []string
	for {
		before, command, after, found := cutCommand(rest)
		if before = strings.TrimSpace(before); before != "" {
			pieces = append(pieces, before)
		}
		if !found {
			break
		}
		arena = append(arena, command)
		rest = after
	}
	comment := Comment{Text: strings.Join(pieces, " ")}
	if len(arena) > first {
		comment.Commands = arena[first:len(arena):len(arena)]
	}
	return comment, arena
}

// cutCommand finds the first well-formed command. Without one, everything is before it. Brackets that hold no command
// are text as a whole: a command taken out of their middle could leave something behind that looks like one.
func cutCommand(text string) (before string, command Command, after string, found bool) {
	for from := 0; ; {
		start := strings.Index(text[from:], "[%")
		if start < 0 {
			return text, Command{}, "", false
		}
		start += from
		inside := text[start+2:]
		end := strings.IndexByte(inside, ']')
		if end < 0 {
			return text, Command{}, "", false
		}
		if name := commandName(inside); name != "" {
			return text[:start], Command{Name: name, Args: squeeze(inside[len(name):end])}, inside[end+1:], true
		}
		from = start + 2 + end + 1
	}
}

// commandName returns "" when no name stands in front, or when something else than a space or the bracket follows it.
func commandName(inside string) string {
	n := 0
	for n < len(inside) && isNameByte(inside[n]) {
		n++
	}
	if n == len(inside) || inside[n] != ']' && !isSpace(inside[n]) {
		return ""
	}
	return inside[:n]
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// squeeze trims the text and makes every run of white space one space. It allocates only when something changes.
func squeeze(text string) string {
	text = strings.TrimSpace(text)
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		c := text[i]
		plain = c > ' ' && c < 0x80 || c == ' ' && text[i+1] != ' '
	}
	if plain {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}
