// Package pgn reads and writes games in Portable Game Notation.
//
// It has two layers. The syntax layer (Reader, Game, Format) knows tags, comments, annotations and variations and keeps
// every move as the text it was written in; it needs no rules of chess. The rules layer (Game.Start, Game.Replay,
// Game.Walk) turns that text into legal moves and positions.
package pgn

// Game is one game as text: tags, a tree of moves, a result. Strings of a game that was read share one buffer, which
// lives as long as any of them.
type Game struct {
	Number int    // place in the input, from 1; 0 for a game that was not read
	Line   int    // line of the input on which the game begins, from 1; 0 for a game that was not read
	Tags   []Tag  // in order of appearance; a name may repeat
	Nodes  []Node // in order of the text; Nodes[Root] has no move
	Result Result // what stands behind the moves; the Result tag may differ
}

// Tag is one pair of the header. Value holds the text without quotes and escapes.
type Tag struct {
	Name, Value string
}

// NodeID is the index of a node in Game.Nodes.
type NodeID int32

// Root is the node before the first move. As the target of a link it means that there is none: no link leads to the root
// but Parent.
const Root NodeID = 0

// Node is one move of the tree with what is said about it.
type Node struct {
	SAN    string // as written, without glyphs and without judging it; empty in the root
	Parent NodeID // the move before this one
	Next   NodeID // the move that follows in the same line
	Var    NodeID // head of the first variation that replaces this move
	Sib    NodeID // in the head of a variation: head of the next variation that replaces the same move
	NAGs   []NAG
	Before []Comment // comments between the beginning of a variation, or the end of one, and this move
	After  []Comment // comments behind the move; those of the root stand before the first move
}

// NewGame returns an unfinished game without tags and moves.
func NewGame() *Game {
	return &Game{Nodes: make([]Node, 1)}
}

// Tag returns the value of the first tag of that name, and "" when there is none.
func (g *Game) Tag(name string) string {
	value, _ := g.LookupTag(name)
	return value
}

// LookupTag tells an absent tag from an empty one.
func (g *Game) LookupTag(name string) (string, bool) {
	for _, tag := range g.Tags {
		if tag.Name == name {
			return tag.Value, true
		}
	}
	return "", false
}

// SetTag replaces the first tag of that name, or adds one at the end.
func (g *Game) SetTag(name, value string) {
	for i := range g.Tags {
		if g.Tags[i].Name == name {
			g.Tags[i].Value = value
			return
		}
	}
	g.Tags = append(g.Tags, Tag{name, value})
}

// AddMove continues the line of parent, which must be its last move, and returns the new node. Nodes are numbered in the
// order of the text, so add a variation right after the move it replaces to keep that order.
func (g *Game) AddMove(parent NodeID, san string) NodeID {
	id := NodeID(len(g.Nodes))
	g.Nodes = append(g.Nodes, Node{SAN: san, Parent: parent})
	g.Nodes[parent].Next = id
	return id
}

// AddVariation begins a variation that replaces the move of node, behind those it already has, and returns its head.
func (g *Game) AddVariation(node NodeID, san string) NodeID {
	last := g.Nodes[node].Var
	for last != Root && g.Nodes[last].Sib != Root {
		last = g.Nodes[last].Sib
	}
	return g.addVariation(node, last, san)
}

// addVariation is AddVariation for callers who know the last variation of the node, Root when it has none.
func (g *Game) addVariation(node, last NodeID, san string) NodeID {
	id := NodeID(len(g.Nodes))
	g.Nodes = append(g.Nodes, Node{SAN: san, Parent: g.Nodes[node].Parent})
	if last == Root {
		g.Nodes[node].Var = id
	} else {
		g.Nodes[last].Sib = id
	}
	return id
}

// Plies counts the moves of the main line.
func (g *Game) Plies() int {
	n := 0
	for id := g.Nodes[Root].Next; id != Root; id = g.Nodes[id].Next {
		n++
	}
	return n
}
