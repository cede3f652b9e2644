package pgn

import (
	"strconv"
	"strings"
)

// movetext writes the tree of moves.
type movetext struct {
	game        *Game
	format      Format
	out         wrapper
	firstNumber int
	blackFirst  bool
}

// line writes the moves from head on, which is the move of that ply, with their variations.
func (w *movetext) line(head NodeID, ply int) {
	numbered := true // a move of Black needs a number at the beginning and behind anything but a move
	for id := head; id != Root; id = w.game.Nodes[id].Next {
		node := &w.game.Nodes[id]
		if len(node.Before) > 0 {
			w.comments(node.Before)
			numbered = true
		}
		w.number(ply, numbered)
		w.move(node)
		w.comments(node.After)
		w.variations(node.Var, ply)
		numbered = len(node.After) > 0 || node.Var != Root
		ply++
	}
}

func (w *movetext) variations(head NodeID, ply int) {
	for ; head != Root; head = w.game.Nodes[head].Sib {
		w.out.word("(")
		w.out.glue()
		w.line(head, ply)
		w.out.suffix(")")
	}
}

func (w *movetext) number(ply int, numbered bool) {
	if w.blackFirst {
		ply++
	}
	number := strconv.Itoa(w.firstNumber + ply/2)
	if ply%2 == 0 {
		w.out.word(number + ".")
	} else if numbered {
		w.out.word(number + "...")
	}
}

func (w *movetext) move(node *Node) {
	w.out.word(node.SAN)
	for i, nag := range node.NAGs {
		if glyph := nag.Glyph(); glyph != "" && i == 0 && !w.format.NumericNAGs {
			w.out.suffix(glyph)
		} else {
			w.out.word(nag.String())
		}
	}
}

// comments puts each comment into braces, but one that holds a brace behind a semicolon.
func (w *movetext) comments(comments []Comment) {
	for i := range comments {
		text := comments[i].String()
		if strings.Contains(text, "}") {
			w.out.restOfLine("; " + squeeze(text))
			continue
		}
		w.out.word("{")
		for _, command := range comments[i].Commands {
			w.out.word(command.String())
		}
		for word := range strings.FieldsSeq(comments[i].Text) {
			w.out.word(word)
		}
		w.out.word("}")
	}
}

// wrapper puts words on lines. It holds the last word back, because a suffix may still make it longer.
type wrapper struct {
	dst     []byte
	columns int    // 0: never wrap
	column  int    // bytes on the current line
	held    []byte // the word not yet placed
	glued   bool   // the next word joins the held one
}

// word begins a new word. One that begins with a percent sign stays on the line of the word before, since in the first
// column it would escape the line.
func (w *wrapper) word(text string) {
	switch {
	case w.glued:
		w.glued = false
	case strings.HasPrefix(text, "%") && len(w.held) > 0:
		w.held = append(w.held, ' ')
	default:
		w.place()
	}
	w.held = append(w.held, text...)
}

// glue joins the next word to this one.
func (w *wrapper) glue() { w.glued = true }

// suffix makes the last word longer.
func (w *wrapper) suffix(text string) { w.held = append(w.held, text...) }

// restOfLine writes a text that nothing may follow on its line.
func (w *wrapper) restOfLine(text string) {
	w.word(text)
	w.place()
	w.dst = append(w.dst, '\n')
	w.column = 0
}

func (w *wrapper) place() {
	if len(w.held) == 0 {
		return
	}
	switch {
	case w.column == 0:
	case w.columns > 0 && w.column+1+len(w.held) > w.columns:
		w.dst = append(w.dst, '\n')
		w.column = 0
	default:
		w.dst = append(w.dst, ' ')
		w.column++
	}
	w.dst = append(w.dst, w.held...)
	w.column += len(w.held)
	w.held = w.held[:0]
}

func (w *wrapper) end() []byte {
	w.place()
	return w.dst
}
