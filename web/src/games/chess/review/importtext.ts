import type { ChildNode, Node, PgnNodeData } from 'chessops/pgn';
import { parsePgn, startingPosition } from 'chessops/pgn';
import { makeFen } from 'chessops/fen';
import { fromSan, play } from '../rules';
import { normalFen } from './position';
import { ROOT, addMove, newTree } from './tree';
import type { Grown, NodeId } from './tree';
import type { Tree } from './tree';

/** Text that somebody pastes: a FEN, or one game of PGN with its comments and side lines. */

export type TextFault = 'empty' | 'large' | 'fen' | 'pgn';

/** Characters that are read at most, and moves of all lines together. */
const LONGEST = 200_000;
const MOST_MOVES = 3000;

/** The tree of a text, or why there is none. */
export function readText(text: string): Tree | TextFault {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.length > LONGEST) return 'large';
  if (/^[1-8pnbrqkPNBRQK]+(\/[1-8pnbrqkPNBRQK]+){7}(\s|$)/.test(trimmed)) return readFen(trimmed);
  return readPgn(trimmed);
}

function readFen(text: string): Tree | TextFault {
  const fen = normalFen(text);
  return fen === undefined ? 'fen' : newTree(fen);
}

function readPgn(text: string): Tree | TextFault {
  const game = parsePgn(text)[0];
  if (!game) return 'pgn';
  const start = startingPosition(game.headers);
  if (start.isErr) return 'fen';
  const fen = normalFen(makeFen(start.value.toSetup()));
  if (fen === undefined || (game.moves.children.length === 0 && !game.headers.has('FEN'))) return 'pgn';
  const tree = newTree(fen);
  const comments = plain(game.comments);
  const root = { ...tree.nodes[ROOT], comments } as Tree['nodes'][number];
  return grow({ nodes: [root] }, game.moves);
}

interface Work {
  node: Node<PgnNodeData>;
  at: NodeId;
  main: boolean;
}

/** All lines, breadth last: the main line of each place first, so that it stays the first. */
function grow(tree: Tree, moves: Node<PgnNodeData>): Tree | TextFault {
  let grown: Grown = { tree, id: ROOT };
  const work: Work[] = [{ node: moves, at: ROOT, main: true }];
  for (let next = work.pop(); next; next = work.pop()) {
    const { node, at, main } = next;
    const added: Work[] = [];
    for (const [index, child] of node.children.entries()) {
      const step = addChild({ tree: grown.tree, id: at }, child, main && index === 0);
      if (!step && main && index === 0) return 'pgn';
      if (!step) continue; // a side line that cannot be played is left out
      grown = step;
      added.unshift({ node: child, at: step.id, main: main && index === 0 });
    }
    if (grown.tree.nodes.length > MOST_MOVES) return 'large';
    work.push(...added);
  }
  return grown.tree;
}

function addChild({ tree, id }: Grown, child: ChildNode<PgnNodeData>, main: boolean): Grown | undefined {
  const fen = tree.nodes[id]?.fen;
  const uci = fen === undefined ? undefined : fromSan(fen, child.data.san);
  const ply = fen === undefined || uci === undefined ? undefined : play(fen, uci);
  if (!ply) return undefined;
  const comments = plain([...(child.data.startingComments ?? []), ...(child.data.comments ?? [])]);
  return addMove(tree, id, ply, { main, comments, nags: child.data.nags ?? [] });
}

/** Comments for people: without the commands for machines in them. */
function plain(comments: readonly string[] | undefined): string[] {
  return (comments ?? []).map((text) => text.replace(/\[%[^\]]*\]/g, '').trim()).filter((text) => text !== '');
}
