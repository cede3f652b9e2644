import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plies } from './fixture';
import { START_FEN } from './position';
import { ROOT, addMove, branchStart, endOf, hasSideLines, lineTree, mainAt, mainLine, nextOf, nodeOf, numberOf, otherBranch, pathTo, without } from './tree';
import type { NodeId, Tree } from './tree';

const game = lineTree(START_FEN, plies('e2e4 e7e5 g1f3 b8c6'));

/** The tree with a line played from a node, and where it ended. */
function tried(tree: Tree, at: NodeId, moves: string): { tree: Tree; id: NodeId } {
  return plies(moves, nodeOf(tree, at).fen).reduce((grown, ply) => addMove(grown.tree, grown.id, ply), { tree, id: at });
}

const sans = (tree: Tree, id: NodeId): string => pathTo(tree, id).slice(1).map((node) => node.move?.san).join(' ');

test('a line is walked to its end and back', () => {
  assert.equal(sans(game, endOf(game, ROOT)), 'e4 e5 Nf3 Nc6');
  assert.equal(nextOf(game, endOf(game, ROOT)), undefined);
  assert.deepEqual(mainLine(game).map((node) => node.ply), [0, 1, 2, 3, 4]);
  assert.ok(mainLine(game).every((node) => node.main));
});

test('a move that is there already is not there twice', () => {
  const same = tried(game, ROOT, 'e2e4 e7e5');
  assert.equal(same.tree, game);
  assert.equal(same.id, mainAt(game, 2));
});

test('another move is a side line, and the game stays the game', () => {
  const at = mainAt(game, 2);
  const { tree, id } = tried(game, at, 'f1c4 b8c6 d2d3');
  assert.equal(sans(tree, id), 'e4 e5 Bc4 Nc6 d3');
  assert.equal(nodeOf(tree, id).main, false);
  assert.equal(sans(tree, endOf(tree, at)), 'e4 e5 Nf3 Nc6');
  assert.equal(sans(tree, branchStart(tree, id) ?? ROOT), 'e4 e5 Bc4');
  assert.equal(branchStart(tree, at), undefined);
  assert.equal(hasSideLines(game), false);
  assert.equal(hasSideLines(tree), true);
  assert.equal(hasSideLines(tried(game, endOf(game, ROOT), 'f1b5').tree), true);
});

test('Shift and arrows go from line to line, and round', () => {
  const first = tried(game, mainAt(game, 2), 'f1c4');
  const second = tried(first.tree, mainAt(game, 2), 'd2d4');
  const { tree } = second;
  const at = mainAt(tree, 3);
  const order = [first.id, second.id, at];
  let here: NodeId = at;
  for (const want of order) {
    const next = otherBranch(tree, here, 1);
    assert.equal(next, want);
    here = next ?? ROOT;
  }
  assert.equal(otherBranch(tree, at, -1), second.id);
  assert.equal(otherBranch(tree, endOf(tree, ROOT), 1), first.id, 'from further on, the nearest choice before');
  assert.equal(otherBranch(tree, mainAt(tree, 2), 1), undefined);
  assert.equal(otherBranch(game, endOf(game, ROOT), 1), undefined);
});

test('a line is taken away with all that follows, and other ids stay', () => {
  const first = tried(game, mainAt(game, 2), 'f1c4 b8c6');
  const second = tried(first.tree, mainAt(game, 2), 'd2d4');
  const start = branchStart(second.tree, first.id) ?? ROOT;
  const cut = without(second.tree, start);
  assert.equal(cut.id, mainAt(game, 2));
  assert.equal(sans(cut.tree, second.id), 'e4 e5 d4');
  assert.equal(otherBranch(cut.tree, second.id, 1), mainAt(game, 3));
  assert.equal(without(game, mainAt(game, 3)).tree, game, 'the game itself stays');
});

test('a place in the game is found by its ply, and never beside the game', () => {
  assert.equal(sans(game, mainAt(game, 3)), 'e4 e5 Nf3');
  assert.equal(mainAt(game, -1), ROOT);
  assert.equal(sans(game, mainAt(game, 99)), 'e4 e5 Nf3 Nc6');
  assert.equal(nodeOf(game, 99).id, ROOT);
});

test('moves are numbered by the position before them', () => {
  assert.deepEqual(numberOf(START_FEN), { number: 1, black: false });
  assert.deepEqual(numberOf('4k3/8/8/8/8/8/8/4K3 b - - 0 37'), { number: 37, black: true });
});
