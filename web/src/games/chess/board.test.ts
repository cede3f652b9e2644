import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaults } from '../../settings';
import { animates, boardConfig } from './boardconfig';
import { newGame, played } from './fixture';
import { isArrow, movesFrom, nextPiece, rays, scan, squares, step, whereAre } from './grid';
import { surplus } from './material';
import { canonical, destinations, play, promotes } from './rules';
import { canAbort, controlName, cursorAfter } from './select';

const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';
const look = { cursor: null, below: 'white', choosing: false, animated: true } as const;

test('material counts what one side has more of', () => {
  assert.deepEqual(surplus(START, 'white'), { roles: [], points: 0 });
  const fen = '4k3/pp6/8/8/8/8/PPP5/RB2K3 w - - 0 1';
  assert.deepEqual(surplus(fen, 'white'), { roles: [{ role: 'rook', count: 1 }, { role: 'bishop', count: 1 }, { role: 'pawn', count: 1 }], points: 9 });
  assert.deepEqual(surplus(fen, 'black'), { roles: [], points: -9 });
  const exchanged = '4k3/8/8/8/8/8/8/QN2K1r1 w - - 0 1';
  assert.deepEqual(surplus(exchanged, 'black').roles, [{ role: 'rook', count: 1 }]);
});

test('the board lets the player of the turn move, and the other premove', () => {
  const game = newGame();
  const mine = boardConfig(game, look, defaults);
  assert.equal(mine.movable?.color, 'white');
  assert.equal(mine.movable?.dests?.size, 10);
  const theirs = boardConfig(played(game, 'e2e4:e4'), look, defaults);
  assert.equal(theirs.movable?.dests?.size, 0);
  assert.equal(theirs.premovable?.enabled, true);
  assert.deepEqual(theirs.lastMove, ['e2', 'e4']);
});

test('nobody moves for a spectator, in the past, before the start or after the end', () => {
  const game = played(newGame(), 'e2e4:e4 e7e5:e5');
  const rows = [
    boardConfig({ ...game, you: null }, look, defaults),
    boardConfig(game, { ...look, cursor: 1 }, defaults),
    boardConfig({ ...game, waiting: true }, look, defaults),
    boardConfig({ ...game, result: { status: 'resign', winner: 0 } }, look, defaults),
    boardConfig(game, { ...look, choosing: true }, defaults),
  ];
  for (const config of rows) {
    assert.equal(config.movable?.color, undefined);
    assert.equal(config.premovable?.enabled, false);
  }
});

test('a look back shows that position', () => {
  const config = boardConfig(played(newGame(), 'e2e4:e4 e7e5:e5'), { ...look, cursor: 1 }, defaults);
  assert.match(config.fen ?? '', /^rnbqkbnr\/pppppppp\/8\/8\/4P3\//);
  assert.equal(config.turnColor, 'black');
});

test('no animation in a burst or in time trouble', () => {
  const game = newGame();
  assert.equal(animates(game, 500, 60_000), true);
  assert.equal(animates(game, 60, 60_000), false);
  assert.equal(animates(game, 500, 9_000), false);
  assert.equal(animates({ ...game, info: { ...game.info, speed: 'rapid' } }, 500, 9_000), true);
});

test('the view jumps only as the player wants', () => {
  const before = played(newGame(), 'e2e4:e4');
  const now = played(before, 'e7e5:e5');
  assert.equal(cursorAfter(null, before, now, true), null);
  assert.equal(cursorAfter(0, before, now, true), null);
  assert.equal(cursorAfter(0, before, now, false), 0);
  const watched = newGame({ you: null });
  assert.equal(cursorAfter(0, played(watched, 'e2e4:e4'), played(watched, 'e2e4:e4 e7e5:e5'), true), 0);
  assert.equal(cursorAfter(2, played(watched, 'e2e4:e4 e7e5:e5 d2d4:d4'), played(watched, 'e2e4:e4'), true), null);
});

test('rules: promotion, castling and en passant', () => {
  const fen = '3n3k/4P3/8/8/8/8/8/4K3 w - - 0 1';
  assert.equal(promotes(fen, 'e7', 'e8'), true);
  assert.equal(promotes(START, 'e2', 'e4'), false);
  assert.equal(play(fen, 'e7e8q')?.san, 'e8=Q+');
  assert.equal(play(fen, 'e7e8'), undefined);
  assert.equal(play('4k3/8/8/3pP3/8/8/8/4K3 w - d6 0 1', 'e5d6')?.capture, true);
  const castle = 'r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1';
  assert.equal(play(castle, 'e1h1')?.capture, false);
  assert.equal(canonical(castle, 'e1a1', false), 'e1c1');
  assert.equal(canonical(castle, 'e1c1', true), 'e1a1');
  assert.ok(destinations(castle, true).get('e1')?.includes('h1'));
});

test('abort is offered for two plies', () => {
  assert.equal(canAbort(played(newGame(), 'e2e4:e4')), true);
  assert.equal(canAbort(played(newGame(), 'e2e4:e4 e7e5:e5')), false);
  assert.equal(controlName(newGame()), '3+2');
});

test('the grid: order, steps and edges', () => {
  assert.equal(squares('white')[0]?.[0], 'a8');
  assert.equal(squares('black')[0]?.[0], 'h1');
  assert.equal(step('e4', 'ArrowUp', 'white'), 'e5');
  assert.equal(step('e4', 'ArrowUp', 'black'), 'e3');
  assert.equal(step('a4', 'ArrowLeft', 'white'), undefined);
  assert.equal(isArrow('Enter'), false);
});

test('the grid: finding pieces, lines and moves', () => {
  assert.equal(nextPiece(START, 'a1', 'n', false), 'b1');
  assert.equal(nextPiece(START, 'b1', 'n', true), 'g8');
  assert.equal(nextPiece('4k3/8/8/8/8/8/8/4K3 w - - 0 1', 'a1', 'q', false), undefined);
  assert.deepEqual(whereAre(START, 'white', 'n').map((place) => place.square), ['b1', 'g1']);
  assert.equal(whereAre(START, 'black').length, 16);
  assert.deepEqual(scan(START, 'e').map((place) => place.square), ['e1', 'e2', 'e7', 'e8']);
  assert.equal(scan(START, '4').length, 0);
  assert.deepEqual(movesFrom(START, 'g1', false, false).toSorted(), ['f3', 'h3']);
  assert.deepEqual(movesFrom('4k3/8/8/3pP3/8/8/8/4K3 w - d6 0 1', 'e5', false, true), ['d6']);
  assert.deepEqual(rays(START, 'e4').map((place) => place.square).toSorted(), ['b7', 'c2', 'e2', 'e7', 'g2', 'h7']);
});
