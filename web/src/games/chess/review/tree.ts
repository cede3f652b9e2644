import type { Ply } from '../rules';

/** The moves of a game with the lines that branch off it. Immutable: every change gives a new tree. */

/** A position, named by its place in the tree; 0 is the start position. */
export type NodeId = number;

export interface TreeNode {
  id: NodeId;
  /** Itself for the start position. */
  parent: NodeId;
  /** The first goes on with the line that this node is part of; the others branch off. */
  children: readonly NodeId[];
  /** Half-moves from the start position. */
  ply: number;
  fen: string;
  /** What led here; null for the start position. */
  move: Ply | null;
  /** Part of the game itself, and not of a line that somebody tried. */
  main: boolean;
  comments: readonly string[];
  /** Numeric annotation glyphs of PGN: 1 is a good move, 2 a mistake, ... */
  nags: readonly number[];
}

export interface Tree {
  nodes: readonly TreeNode[];
}

export const ROOT: NodeId = 0;

export function newTree(fen: string): Tree {
  return { nodes: [{ id: ROOT, parent: ROOT, children: [], ply: 0, fen, move: null, main: true, comments: [], nags: [] }] };
}

/** The node of an id; the start position for an id that is not in the tree. */
export function nodeOf(tree: Tree, id: NodeId): TreeNode {
  return tree.nodes[id] ?? (tree.nodes[ROOT] as TreeNode);
}

export interface Grown {
  tree: Tree;
  /** Where the move led. */
  id: NodeId;
}

export interface NewMove {
  main?: boolean;
  comments?: readonly string[];
  nags?: readonly number[];
}

/** The tree with a move played at a node; the same tree when that move is already there. */
export function addMove(tree: Tree, at: NodeId, move: Ply, more: NewMove = {}): Grown {
  const parent = nodeOf(tree, at);
  const known = parent.children.find((child) => nodeOf(tree, child).move?.uci === move.uci);
  if (known !== undefined) return { tree, id: known };
  const id = tree.nodes.length;
  const { main = false, comments = [], nags = [] } = more;
  const node: TreeNode = { id, parent: at, children: [], ply: parent.ply + 1, fen: move.fen, move, main, comments, nags };
  const nodes = changed(tree, { ...parent, children: [...parent.children, id] });
  return { tree: { nodes: [...nodes, node] }, id };
}

function changed(tree: Tree, node: TreeNode): TreeNode[] {
  return tree.nodes.map((old) => (old.id === node.id ? node : old));
}

/** A tree of one line. */
export function lineTree(fen: string, moves: readonly Ply[]): Tree {
  return moves.reduce((grown, move) => addMove(grown.tree, grown.id, move, { main: true }), { tree: newTree(fen), id: ROOT }).tree;
}

/** The node where the next move of the line leads; undefined at its end. */
export function nextOf(tree: Tree, id: NodeId): NodeId | undefined {
  return nodeOf(tree, id).children[0];
}

/** The last node of the line that goes on from a node. */
export function endOf(tree: Tree, id: NodeId): NodeId {
  let at = id;
  for (let next = nextOf(tree, at); next !== undefined; next = nextOf(tree, at)) at = next;
  return at;
}

/** From the start position to a node, both included. */
export function pathTo(tree: Tree, id: NodeId): TreeNode[] {
  const path: TreeNode[] = [];
  for (let node = nodeOf(tree, id); ; node = nodeOf(tree, node.parent)) {
    path.unshift(node);
    if (node.id === ROOT) return path;
  }
}

/** The line that a node is part of, from the start position to the line's end. */
export function lineThrough(tree: Tree, id: NodeId): TreeNode[] {
  return pathTo(tree, endOf(tree, id));
}

/** The game itself, the start position first. */
export function mainLine(tree: Tree): TreeNode[] {
  return lineThrough(tree, ROOT);
}

/** The node of the game after so many half-moves, or the nearest there is. */
export function mainAt(tree: Tree, ply: number): NodeId {
  const line = mainLine(tree);
  return line[Math.min(Math.max(ply, 0), line.length - 1)]?.id ?? ROOT;
}

/**
 * The neighbouring line: the move played instead of the one that led here, or before it. Where there is none, the nearest
 * earlier place that has a choice. Undefined when there is none up to the start.
 */
export function otherBranch(tree: Tree, id: NodeId, by: 1 | -1): NodeId | undefined {
  for (const node of pathTo(tree, id).reverse()) {
    const { children } = nodeOf(tree, node.parent);
    if (node.id !== ROOT && children.length > 1) {
      return children[(children.indexOf(node.id) + by + children.length) % children.length];
    }
  }
  return undefined;
}

/** The first move of the side line that a node is part of; undefined in the game itself. */
export function branchStart(tree: Tree, id: NodeId): NodeId | undefined {
  return pathTo(tree, id).find((node) => !node.main && node.id !== ROOT)?.id;
}

/** The tree without a node and all that comes after it; nodes of the game stay. The place goes back to its parent. */
export function without(tree: Tree, id: NodeId): Grown {
  const gone = nodeOf(tree, id);
  if (gone.id === ROOT || gone.main) return { tree, id };
  const parent = nodeOf(tree, gone.parent);
  const children = parent.children.filter((child) => child !== id);
  // Cut off nodes keep their places, so that the ids of all others stay.
  return { tree: { nodes: changed(tree, { ...parent, children }) }, id: parent.id };
}

/** Whether anything was tried besides the game. */
export function hasSideLines(tree: Tree): boolean {
  return tree.nodes.some((node) => node.children.length > 1) || mainLine(tree).some((node) => !node.main);
}

/** Whose move, and which number it has: `12.` or `12...`. */
export function numberOf(fenBefore: string): { number: number; black: boolean } {
  const [, turn, , , , number] = fenBefore.split(' ');
  return { number: Number(number ?? 1), black: turn === 'b' };
}
