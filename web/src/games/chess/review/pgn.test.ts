import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plies, record } from './fixture';
import { readText } from './importtext';
import { makePgn } from './pgn';
import { START_FEN } from './position';
import { Review } from './review';
import { ROOT, lineTree, mainLine, newTree, nodeOf } from './tree';
import type { Tree } from './tree';

const MOVES = 'e2e4 e7e5 g1f3 b8c6 f1c4';
const site = 'http://localhost/g/aB3dE6gH/review';

/** The part after the tags, on one line. */
function movetext(pgn: string): string {
  return (pgn.split('\n\n')[1] ?? '').trim().replaceAll('\n', ' ');
}

function read(text: string): Tree {
  const tree = readText(text);
  if (typeof tree === 'string') throw new Error(tree);
  return tree;
}

test('a game as PGN has its tags, and the clock after each move', () => {
  const game = record(MOVES);
  const pgn = makePgn({ record: game, tree: lineTree(START_FEN, plies(MOVES)), site });
  for (const tag of ['[Event "Rated blitz game"]', '[Date "2023.11.14"]', '[White "Alice"]', '[WhiteElo "1500"]', '[Result "0-1"]', '[TimeControl "180+2"]', '[ECO "C50"]']) {
    assert.ok(pgn.includes(`${tag}\n`), tag);
  }
  assert.doesNotMatch(pgn, /BlackElo|FEN|Variant|eval/);
  assert.match(movetext(pgn), /^1\. e4 \{ \[%clk 0:03:00\] \} 1\.\.\. e5 \{ \[%clk 0:02:58\.9\] \} 2\. Nf3 .* 0-1$/);
  assert.ok(pgn.split('\n').every((line) => line.length <= 80 || line.startsWith('[')));
});

test('evaluations go along when they are asked for', () => {
  const evals = [{ cp: 20 }, { cp: 35 }, { mate: -3 }, null];
  const pgn = makePgn({ record: record(MOVES, { clock: null, moves: [] }), tree: lineTree(START_FEN, plies(MOVES)), evals, site });
  assert.match(pgn, /1\. e4 \{ \[%eval 0\.35\]/);
  assert.match(pgn, /e5 \{ \[%eval #-3\]/);
});

test('lines that were tried are variations, and can be read again', () => {
  const review = new Review(null, START_FEN);
  review.play('e2e4', 'e7e5', 'g1f3', 'b8c6');
  review.goToPly(2);
  review.play('f1c4', 'g8f6');
  review.step('back');
  review.play('b8c6', 'd2d3');
  review.goToPly(0);
  review.play('d2d4');
  const text = movetext(makePgn({ record: null, tree: review.tree.value, site }));
  assert.equal(text, '1. e4 (1. d4) 1... e5 2. Nf3 (2. Bc4 Nf6 (2... Nc6 3. d3)) 2... Nc6 *');
  assert.equal(movetext(makePgn({ record: null, tree: read(text), site })), text);
});

test('comments and glyphs are read and written', () => {
  const tree = read('{ A game } 1. e4 $1 { best [%clk 0:01:00] by test } e5?? (1... c5! 2. Nf3) 2. Qh5 *');
  assert.deepEqual(nodeOf(tree, ROOT).comments, ['A game']);
  const [, e4, e5] = mainLine(tree);
  assert.deepEqual([e4?.nags, e4?.comments, e5?.nags], [[1], ['best  by test'], [4]]);
  assert.equal(movetext(makePgn({ record: null, tree, site })), '{ A game } 1. e4 $1 { best by test } 1... e5 $4 (1... c5 $1 2. Nf3) 2. Qh5 *');
});

test('another start position is told', () => {
  const fen = '4k3/8/8/8/8/8/4P3/4K3 b - - 3 12';
  const tree = lineTree(fen, plies('e8d7 e2e4', fen));
  const pgn = makePgn({ record: null, tree, site });
  assert.ok(pgn.includes(`[FEN "${fen}"]\n[SetUp "1"]`));
  assert.equal(movetext(pgn), '12... Kd7 13. e4 *');
  assert.equal(nodeOf(read(pgn), ROOT).fen, fen);
});

test('a brace in a comment and a quote in a name do not end them', () => {
  const tree: Tree = { nodes: [{ ...nodeOf(newTree(START_FEN), ROOT), comments: ['a } b'] }] };
  const pgn = makePgn({ record: record('e2e4', { players: [{ name: 'A "B" \\' }] }), tree, site });
  assert.ok(pgn.includes('[White "A \\"B\\" \\\\"]'));
  assert.ok(pgn.includes('{ a ) b }'));
});

const refused: [string, string, string][] = [
  ['nothing', '  ', 'empty'],
  ['a text', 'hello there', 'pgn'],
  ['a move that is not legal', '1. e4 e5 2. Ke3 *', 'pgn'],
  ['a position without kings', '8/8/8/8/8/8/8/8 w - - 0 1', 'fen'],
  ['a position with a captured king to come', '4k3/4R3/8/8/8/8/8/4K3 w - - 0 1', 'fen'],
  ['a broken start position', '[FEN "nonsense"]\n\n1. e4 *', 'fen'],
  ['too much', `1. e4 { ${'x'.repeat(200_000)} } *`, 'large'],
];
for (const [name, text, want] of refused) test(`refused: ${name}`, () => assert.equal(readText(text), want));

test('a FEN is a board, also without its last parts', () => {
  assert.equal(nodeOf(read('4k3/8/8/8/8/8/8/4K2R w K'), ROOT).fen, '4k3/8/8/8/8/8/8/4K2R w K - 0 1');
});
