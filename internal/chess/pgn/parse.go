package pgn

// parser builds one game from tokens.
type parser struct {
	lex      lexer
	limits   Limits
	game     *Game
	cur      line
	outer    []line // the lines around the current one, from the outside
	started  bool   // something other than tags and comments has come
	commands []Command
}

// line is a sequence of moves: the main line, or a variation.
type line struct {
	owner   NodeID // the move that the variation replaces; Root in the main line
	last    NodeID // Root before the first move
	pending []Comment
	broken  bool   // a variation stands behind the last move
	tail    NodeID // the last of these variations
}

// parse reads one game from lex and returns the lexer behind it. Without any content it returns no game.
func parse(lex lexer, limits Limits) (*Game, lexer, error) {
	p := parser{lex: lex, limits: limits, game: NewGame()}
	for {
		tok, err := p.lex.next()
		if err != nil {
			return nil, p.lex, err
		}
		switch tok.kind {
		case tokenEnd:
			return p.end()
		case tokenResult:
			if len(p.outer) > 0 {
				continue // a variation that ends the game: its result is not the game's
			}
			p.game.Result = tok.result
			return p.trailer()
		case tokenTag:
			if p.started {
				return nil, p.lex, syntaxf("a tag stands among the moves: the game before it has no result (1-0, 0-1, 1/2-1/2 or *)")
			}
		}
		if p.game.Line == 0 && tok.kind != tokenComment {
			p.game.Line = p.lex.at
		}
		if err := p.accept(tok); err != nil {
			return nil, p.lex, err
		}
	}
}

func (p *parser) accept(tok token) error {
	p.started = p.started || tok.kind != tokenTag && tok.kind != tokenComment
	switch tok.kind {
	case tokenTag:
		return p.tag(tok)
	case tokenComment:
		p.comment(tok.text)
	case tokenMove:
		return p.move(tok.text)
	case tokenNAG:
		return p.annotate(tok.nag)
	case tokenOpen:
		return p.open()
	case tokenClose:
		return p.close()
	}
	return nil
}

// end judges a text that is over without a result.
func (p *parser) end() (*Game, lexer, error) {
	switch {
	case !p.started && len(p.game.Tags) == 0:
		return nil, p.lex, nil
	case len(p.outer) > 0:
		return nil, p.lex, syntaxf("a variation has no closing )")
	case !p.limits.ResultOptional:
		return nil, p.lex, syntaxf("the game has no result (1-0, 0-1, 1/2-1/2 or *) behind its moves")
	}
	p.flush()
	p.game.Result, _ = ParseResult(p.game.Tag("Result"))
	return p.game, p.lex, nil
}

// trailer takes the comments behind the result, which belong to the last move.
func (p *parser) trailer() (*Game, lexer, error) {
	if p.game.Line == 0 {
		p.game.Line = p.lex.at
	}
	p.flush()
	for {
		before := p.lex
		tok, err := p.lex.next()
		if err != nil || tok.kind != tokenComment {
			return p.game, before, nil // an error is found again by the next game
		}
		p.attach(tok.text)
	}
}

func (p *parser) tag(tok token) error {
	if len(p.game.Tags) == p.limits.Tags {
		return limitf("more than %d tags", p.limits.Tags)
	}
	p.game.Tags = append(p.game.Tags, Tag{tok.name, tok.text})
	return nil
}

func (p *parser) move(san string) error {
	if len(p.game.Nodes) > p.limits.Moves {
		return limitf("more than %d moves", p.limits.Moves)
	}
	if p.cur.last == Root && p.cur.owner != Root {
		outer := &p.outer[len(p.outer)-1]
		p.cur.last = p.game.addVariation(p.cur.owner, outer.tail, san)
		outer.tail = p.cur.last
	} else {
		p.cur.last = p.game.AddMove(p.cur.last, san)
	}
	p.game.Nodes[p.cur.last].Before = p.cur.pending
	p.cur.pending, p.cur.broken, p.cur.tail = nil, false, Root
	return nil
}

func (p *parser) annotate(nag NAG) error {
	if p.cur.last == Root {
		return syntaxf("the annotation %v has no move before it", nag)
	}
	node := &p.game.Nodes[p.cur.last]
	node.NAGs = append(node.NAGs, nag)
	return nil
}

func (p *parser) open() error {
	if p.cur.last == Root {
		return syntaxf("a variation has no move before it that it could replace")
	}
	if len(p.outer) == p.limits.Depth {
		return limitf("variations nested more than %d deep", p.limits.Depth)
	}
	p.outer = append(p.outer, p.cur)
	p.cur = line{owner: p.cur.last}
	return nil
}

func (p *parser) close() error {
	if len(p.outer) == 0 {
		return syntaxf("a ) has no opening (")
	}
	if p.cur.last == Root {
		return syntaxf("a variation has no moves")
	}
	p.flush()
	p.cur = p.outer[len(p.outer)-1]
	p.cur.broken = true
	p.outer = p.outer[:len(p.outer)-1]
	return nil
}

// comment files a comment behind the last move, or, at the beginning of a variation and behind one, before the next.
func (p *parser) comment(raw string) {
	atHead := p.cur.last == Root && p.cur.owner != Root
	if !atHead && !p.cur.broken {
		p.attach(raw)
	} else if comment, ok := p.parseComment(raw); ok {
		p.cur.pending = append(p.cur.pending, comment)
	}
}

func (p *parser) attach(raw string) {
	if comment, ok := p.parseComment(raw); ok {
		node := &p.game.Nodes[p.cur.last]
		node.After = append(node.After, comment)
	}
}

// flush gives comments for which no move came to the last one.
func (p *parser) flush() {
	node := &p.game.Nodes[p.cur.last]
	node.After = append(node.After, p.cur.pending...)
	p.cur.pending = nil
}

// parseComment reports false for an empty comment.
func (p *parser) parseComment(raw string) (Comment, bool) {
	var comment Comment
	comment, p.commands = parseComment(raw, p.commands)
	return comment, comment.Text != "" || len(comment.Commands) > 0
}
