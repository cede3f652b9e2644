import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, after, chessTable, events, newGame, played } from './fixture';
import type { Game, PendingMove } from './game';
import { play } from './rules';
import { fenAfter, isMyTurn, shownPlies, turn } from './select';
import { fromTable, reduce } from './state';

const clocks = { left_ms: [178_800, 180_000], running: 1, held: false, at: NOW + 1000 };

function pending(game: Game, uci: string, held = false): PendingMove {
  const move = play(fenAfter(game, game.plies.length), uci);
  assert.ok(move, uci);
  return { ply: game.plies.length, move, spentMs: 700, at: NOW, held };
}

test('a table is read with its moves, their times and their positions', () => {
  const moves = [
    { uci: 'e2e4', san: 'e4' },
    { uci: 'd7d5', san: 'd5' },
    { uci: 'e4d5', san: 'exd5' },
  ];
  const game = newGame({ spent_ms: [0, 900] }, { moves });
  assert.deepEqual(game.plies.map((ply) => [ply.san, ply.spentMs, ply.capture]), [['e4', 0, false], ['d5', 900, false], ['exd5', null, true]]);
  assert.equal(game.plies[2]?.fen, 'rnbqkbnr/ppp1pppp/8/3P4/8/8/PPPP1PPP/RNBQKBNR b KQkq - 0 2');
  assert.equal(turn(game), 'black');
});

test('a move the rules do not know is no table to show', () => {
  assert.throws(() => newGame({}, { moves: [{ uci: 'e2e5', san: 'e5' }] }), /e2e5 as move 1/);
});

test('a move event adds a ply, its time and the clocks that came along', () => {
  const game = reduce(newGame(), events([{ seq: 3, at: NOW, seat: 0, spent_ms: 1200, type: 'move', view: { ply: 1, uci: 'e2e4', san: 'e4' } }], { clocks }));
  assert.equal(game.seq, 3);
  assert.equal(game.plies[0]?.spentMs, 1200);
  assert.equal(game.clocks, clocks);
  assert.equal(game.stale, false);
});

test('castling is followed in both spellings', () => {
  const start = { initial_fen: 'r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1' };
  for (const uci of ['e1g1', 'e1h1']) {
    const game = played(newGame({}, start), `${uci}:O-O`);
    assert.match(game.plies[0]?.fen ?? '', /^r3k2r\/8\/8\/8\/8\/8\/8\/R4RK1 b kq/, uci);
  }
});

test('known numbers are ignored, and do not set the clocks back', () => {
  const game = played(newGame(), 'e2e4:e4');
  const again = reduce(game, events([{ seq: 3, type: 'move', seat: 0, view: { ply: 1, uci: 'e2e4', san: 'e4' } }], { clocks }));
  assert.equal(again.plies.length, 1);
  assert.equal(again.clocks, game.clocks);
});

test('a gap makes the state stale and shows nothing of what follows it', () => {
  const game = reduce(newGame(), events([{ seq: 4, type: 'move', seat: 0, view: { ply: 1, uci: 'e2e4', san: 'e4' } }]));
  assert.equal(game.stale, true);
  assert.equal(game.seq, 2);
  assert.equal(game.plies.length, 0);
});

test('an event one may not know only takes its number', () => {
  const game = reduce(newGame(), events([{ seq: 3 }, { seq: 4, type: 'draw-offered', seat: 1, view: { by: 1 } }]));
  assert.equal(game.seq, 4);
  assert.equal(game.drawBy, 1);
});

test('a move that cannot be followed asks for the table again', () => {
  assert.equal(after(newGame(), 'move', { ply: 1, uci: 'e2e5', san: 'e5' }, 0).stale, true);
  assert.equal(after(newGame(), 'move', { ply: 2, uci: 'e2e4', san: 'e4' }, 0).stale, true);
});

test('a resume with nothing missed only brings the clocks', () => {
  const game = reduce(played(newGame(), 'e2e4:e4'), events([], { clocks }));
  assert.equal(game.clocks, clocks);
  assert.equal(game.plies.length, 1);
});

test('a draw offer ends when the other player moves, not when its maker does', () => {
  const offered = after(played(newGame(), 'e2e4:e4'), 'draw-offered', { by: 0 }, 0);
  assert.equal(offered.drawBy, 0);
  assert.equal(played(offered, 'e7e5:e5').drawBy, null);
  const own = after(newGame(), 'draw-offered', { by: 0 }, 0);
  assert.equal(played(own, 'e2e4:e4').drawBy, 0);
  assert.equal(after(offered, 'draw-declined', { by: 1 }, 1).drawBy, null);
});

test('a takeback removes plies and what was asked', () => {
  const asked = after(played(newGame(), 'e2e4:e4 e7e5:e5 g1f3:Nf3'), 'takeback-asked', { by: 0 }, 0);
  assert.equal(asked.takebackBy, 0);
  const game = after(asked, 'takeback', { ply: 2 }, 1);
  assert.deepEqual(game.plies.map((ply) => ply.san), ['e4', 'e5']);
  assert.equal(game.takebackBy, null);
  assert.equal(after(asked, 'takeback-declined', { by: 1 }, 1).takebackBy, null);
  assert.equal(after(asked, 'takeback', { ply: 7 }, 1).stale, true);
});

test('a repetition may be claimed until the next move', () => {
  const game = after(newGame(), 'move', { ply: 1, uci: 'e2e4', san: 'e4', can_claim_draw: true }, 0);
  assert.equal(game.canClaimDraw, true);
  assert.equal(played(game, 'e7e5:e5').canClaimDraw, false);
});

test('the end closes offers and the turn', () => {
  const game = after(after(newGame(), 'draw-offered', { by: 1 }, 1), 'ended', { status: 'resign', winner: 0 }, 1);
  assert.deepEqual(game.result, { status: 'resign', winner: 0 });
  assert.equal(game.drawBy, null);
  assert.equal(isMyTurn(game), false);
});

test('a table that was given up says so, live and when it is read', () => {
  const open = newGame({ waiting: true, seats: [{ name: 'Alice', user: 'u1' }, null] });
  assert.equal(open.closed, false);
  assert.equal(reduce(open, events([{ seq: 3, at: NOW, type: 'table.expired', view: {} }])).closed, true);
  assert.equal(newGame({ waiting: true, closed: true }).closed, true);
});

test('events of the table', () => {
  const open = newGame({ waiting: true, seats: [{ name: 'Alice', user: 'u1' }, null] });
  const full = after(open, 'table.seated', { seat: 1, player: { name: 'Bob', user: 'u2' } });
  assert.equal(full.waiting, false);
  assert.equal(full.seats[1]?.name, 'Bob');
  const said = after(full, 'table.chat', { room: 'players', name: 'Bob', text: 'Hello' });
  assert.deepEqual(said.chat, [{ seq: 4, at: NOW, room: 'players', name: 'Bob', text: 'Hello' }]);
  const offered = after(said, 'table.rematch-offered', { by: 1 });
  assert.equal(offered.rematchBy, 1);
  assert.equal(after(offered, 'table.rematch-declined', { by: 0 }).rematchBy, null);
  assert.equal(after(offered, 'table.rematch', { table: 'Zz9yX8wV' }).rematchTable, 'Zz9yX8wV');
});

test('events that change only the clocks, and events of tomorrow, keep the count', () => {
  for (const type of ['table.created', 'table.gave-time', 'table.held', 'table.released', 'table.unheard-of']) {
    const game = after(newGame(), type, {});
    assert.deepEqual({ ...game, seq: 0 }, { ...newGame(), seq: 0 }, type);
    assert.equal(game.seq, 3, type);
  }
});

test('presence is replaced as a whole', () => {
  const game = reduce(newGame(), { type: 'presence', table: 'aB3dE6gH', seats: [{ state: 'online' }, { state: 'away', claim_at: NOW }], watchers: 3 });
  assert.equal(game.presence[1]?.state, 'away');
  assert.equal(game.watchers, 3);
});

test('a tab that was replaced watches, and knows which seat it lost', () => {
  const game = reduce(newGame({ you: 1 }), { type: 'replaced', table: 'aB3dE6gH' });
  assert.equal(game.you, null);
  assert.equal(game.lostSeat, 1);
  assert.equal(fromTable(chessTable({ you: null }), game).lostSeat, 1);
  assert.equal(fromTable(chessTable({ you: 1 }), game).lostSeat, null);
});

test('the own move is shown at once and is confirmed by its event', () => {
  const start = newGame();
  const shown = reduce(start, { type: 'local-move', move: pending(start, 'e2e4') });
  assert.equal(shownPlies(shown).length, 1);
  assert.equal(shown.plies.length, 0);
  assert.equal(isMyTurn(shown), false);
  const confirmed = played(shown, 'e2e4:e4');
  assert.equal(confirmed.pending, null);
  assert.equal(shownPlies(confirmed).length, 1);
});

test('a refused move goes back and says why, once', () => {
  const start = newGame();
  const shown = reduce(start, { type: 'local-move', move: pending(start, 'e2e4') });
  const back = reduce(shown, { type: 'local-refused', action: 'move', text: 'The king would be in check.' });
  assert.equal(shownPlies(back).length, 0);
  assert.deepEqual(back.notice, { serial: 1, text: 'The king would be in check.' });
});

test('a move that waits for the connection survives a resync only where it is still to be made', () => {
  const start = newGame();
  const waits = reduce(start, { type: 'local-move', move: pending(start, 'e2e4', true) });
  assert.equal(reduce(waits, { type: 'local-released' }).pending?.held, false);
  assert.equal(fromTable(chessTable(), waits).pending?.move.uci, 'e2e4');
  const other = chessTable({}, { moves: [{ uci: 'd2d4', san: 'd4' }], fen: 'rnbqkbnr/pppppppp/8/8/3P4/8/PPP1PPPP/RNBQKBNR b KQkq - 0 1' });
  assert.equal(fromTable(other, waits).pending, null);
  assert.equal(fromTable(chessTable({}, { result: { status: 'outoftime', winner: 1 } }), waits).pending, null);
});

test('a takeback or the end drops the move on its way', () => {
  const start = played(newGame(), 'e2e4:e4 e7e5:e5');
  const shown = reduce(start, { type: 'local-move', move: pending(start, 'g1f3') });
  assert.equal(after(shown, 'takeback', { ply: 1 }).pending, null);
  assert.equal(after(shown, 'ended', { status: 'outoftime', winner: 1 }).pending, null);
});

test('actions on their way are counted by type', () => {
  let game = reduce(newGame(), { type: 'local-sending', action: 'draw' });
  game = reduce(game, { type: 'local-sending', action: 'chat' });
  game = reduce(game, { type: 'local-sending', action: 'chat' });
  game = reduce(game, { type: 'local-answered', action: 'chat' });
  assert.deepEqual(game.sending, ['draw', 'chat']);
  const refused = reduce(game, { type: 'local-refused', action: 'draw' });
  assert.deepEqual(refused.sending, ['chat']);
  assert.equal(refused.notice.serial, 0);
});
