import assert from 'node:assert/strict';
import { test } from 'node:test';
import { record } from './fixture';
import { analysisOf, recordOf, reportOf } from './foreign';
import type { ApiGame } from './foreign';
import { START_FEN } from './position';

const { moves } = record('f2f3 e7e5 g2g4 d8h4');

const game: ApiGame = {
  table: 'aB3dE6gH',
  variant: 'standard',
  speed: 'blitz',
  control: '3+2',
  clock: { initial_ms: 180_000, increment_ms: 2000 },
  rated: true,
  running: false,
  created_at: 5,
  players: [{ name: 'Alice' }, { name: 'Bob' }],
  state: { initial_fen: START_FEN, moves: [{ uci: 'e2e4', san: 'e4' }], result: { status: 'resign', winner: 0 } },
  spent_ms: [1200],
  left_ms: [178_800],
  opening: { eco: 'B00', name: "King's Pawn Game" },
};

test('a game has its times with its moves', () => {
  const { moves: list, clock, imported } = recordOf(game);
  assert.deepEqual(list, [{ uci: 'e2e4', san: 'e4', spentMs: 1200, leftMs: 178_800 }]);
  assert.equal(clock?.initial_ms, 180_000);
  assert.equal(imported, false);
});

test('what a game does not have is left out', () => {
  const bare = recordOf({ ...game, clock: null, left_ms: null, spent_ms: null, opening: null, source: 'import', state: { initial_fen: START_FEN, moves: null } });
  assert.deepEqual([bare.moves, bare.clock, bare.opening, bare.result, bare.imported], [[], null, null, null, true]);
});

const report = {
  by: 'server' as const,
  engine: 'Stockfish 17',
  nodes: 200_000,
  start: { cp: 20 },
  plies: [
    { cp: -40, best: 'e2e4', pv: ['e2e4', 'e7e5'], class: 'inaccuracy' as const },
    { cp: -35 },
    { mate: -1, best: 'd2d4', pv: ['d2d4'], class: 'blunder' as const },
    {},
  ],
};

test('what was best is told of the position before the ply', () => {
  const { plies = [], state } = analysisOf({ status: 'done', engine: true, report }, moves);
  assert.equal(state, 'done');
  assert.deepEqual(plies, [
    { cp: 20, best: 'e2e4', pv: ['e2e4', 'e7e5'] },
    { cp: -40, class: 'inaccuracy', best: 'e7e5', pv: ['e7e5'] },
    { cp: -35, best: 'd2d4', pv: ['d2d4'] },
    { mate: -1, class: 'blunder', best: 'd8h4', pv: ['d8h4'] },
    { mate: 0 },
  ]);
});

test('the queue is counted from one', () => {
  assert.equal(analysisOf({ status: 'queued', engine: true, ahead: 0, mine: true }, moves).position, 1);
  assert.deepEqual(analysisOf({ status: 'running', engine: true, done: 3, plies: 81 }, moves), { state: 'running', server: true, mine: false, n: 3, of: 81 });
  assert.deepEqual(analysisOf({ status: 'none' }, moves), { state: 'none', server: false, mine: false });
});

test('a report of this browser is told as the server tells its own', () => {
  const plies = [{ cp: 20, best: 'e2e4', pv: ['e2e4'] }, { cp: -40, best: 'e7e5', pv: ['e7e5'] }, { mate: -1, best: 'd8h4', pv: ['d8h4'] }, { mate: 0 }];
  assert.deepEqual(reportOf({ engine: 'test', nodes: 100, plies }), {
    engine: 'test',
    nodes: 100,
    start: { cp: 20 },
    plies: [{ cp: -40, best: 'e2e4', pv: ['e2e4'] }, { mate: -1, best: 'e7e5', pv: ['e7e5'] }, { best: 'd8h4', pv: ['d8h4'] }],
  });
});
