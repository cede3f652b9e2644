import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMessages } from '../../i18n';
import { changes, startText } from './announce';
import en from './en.json';
import { after, newGame, played } from './fixture';
import type { Game } from './game';
import { outcomeText, ownOutcome, scoreText } from './outcome';
import { reduce } from './state';
import { speakSan, speakTime } from './speech';
import type { Result } from './wire';

addMessages(en);

function said(before: Game, now: Game, left?: number): { urgent: string; calm: string } {
  const { urgent, calm } = changes(before, now, left);
  return { urgent: urgent.join('|'), calm: calm.join('|') };
}

test('SAN for ears', () => {
  const rows: [string, string][] = [
    ['e4', 'e 4'], ['Nxe5+', 'knight takes e 5, check'], ['exd8=Q#', 'e takes d 8 becomes queen, checkmate'],
    ['O-O', 'castles short'], ['O-O-O+', 'castles long, check'], ['R1a3', 'rook 1 a 3'], ['Bb5', 'bishop b 5'],
  ];
  for (const [san, want] of rows) assert.equal(speakSan(san), want, san);
});

test('time for ears', () => {
  const rows: [number, string][] = [
    [72_900, '1 minute 12'], [9_400, '9 seconds'], [1000, '1 second'], [180_000, '3 minutes'], [7_500_000, '2 hours 5 minutes'], [0, '0 seconds'],
  ];
  for (const [ms, want] of rows) assert.equal(speakTime(ms), want, String(ms));
});

test('the opponent’s move is urgent and tells the time left', () => {
  const before = played(newGame({ you: 1 }), 'e2e4:e4 e7e5:e5');
  const now = played(before, 'd1h5:Qh5');
  assert.deepEqual(said(before, now, 72_000), { urgent: 'Alice played queen h 5. You have 1 minute 12.', calm: '' });
  assert.deepEqual(said(before, now), { urgent: 'Alice played queen h 5.', calm: '' });
});

test('the own move is calm, and so is every move for who watches', () => {
  const before = newGame();
  assert.deepEqual(said(before, played(before, 'e2e4:e4')), { urgent: '', calm: 'e 4' });
  const watched = newGame({ you: null });
  assert.deepEqual(said(watched, played(watched, 'e2e4:e4')), { urgent: '', calm: 'Alice played e 4.' });
});

test('Black to move first is Black’s move', () => {
  const before = newGame({ you: 0 }, { initial_fen: 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR b KQkq - 0 1' });
  const now = after(before, 'move', { ply: 1, uci: 'e7e5', san: 'e5' }, 1);
  assert.equal(said(before, now).urgent, 'Bob played e 5.');
});

test('offers reach who is asked, and answers who asked', () => {
  const game = played(newGame(), 'e2e4:e4');
  const asked = after(game, 'draw-offered', { by: 1 }, 1);
  assert.equal(said(game, asked).urgent, 'Bob offers a draw.');
  assert.equal(said(game, after(game, 'draw-offered', { by: 0 }, 0)).urgent, '');
  const own = after(game, 'draw-offered', { by: 0 }, 0);
  assert.equal(said(own, after(own, 'draw-declined', { by: 1 }, 1)).calm, 'Draw declined');
  assert.equal(said(game, after(game, 'takeback-asked', { by: 1 }, 1)).urgent, 'Bob asks to take back a move.');
  assert.equal(said(game, after(game, 'takeback', { ply: 0 }, 1)).urgent, 'A move was taken back.');
  const watched = newGame({ you: null });
  assert.equal(said(watched, after(watched, 'draw-offered', { by: 1 }, 1)).urgent, '');
});

test('the end, the start and who comes and goes', () => {
  const game = played(newGame(), 'e2e4:e4');
  assert.equal(said(game, after(game, 'ended', { status: 'resign', winner: 1 }, 0)).urgent, 'Game over. Black won by resignation.');
  assert.equal(startText(newGame()), 'Game started, you are White against Bob, 3 minutes plus 2.');
  const presence = (state: 'online' | 'away'): Game =>
    reduce(game, { type: 'presence', table: game.table, seats: [{ state: 'online' }, { state }], watchers: 0 });
  assert.equal(said(presence('online'), presence('away')).calm, 'Bob has left');
  assert.equal(said(presence('away'), presence('online')).calm, 'Bob is back');
});

test('a refusal is urgent, once', () => {
  const game = newGame();
  const refused = reduce(game, { type: 'local-refused', action: 'move', text: 'Not your turn.' });
  assert.equal(said(game, refused).urgent, 'Not your turn.');
  assert.equal(said(refused, { ...refused }).urgent, '');
});

test('every way a game ends has words', () => {
  const wins: Result[] = (['mate', 'resign', 'timeout', 'outoftime', 'nostart'] as const).map((status) => ({ status, winner: 0 }));
  const draws: Result[] = (
    ['agreement', 'threefold', 'fivefold', 'fifty-moves', 'seventy-five-moves', 'dead-position', 'ply-limit'] as const
  ).map((reason) => ({ status: 'draw', winner: null, reason }));
  const rest: Result[] = (['stalemate', 'insufficient', 'outoftime', 'timeout', 'aborted', 'nostart', 'draw'] as const).map((status) => ({ status, winner: null }));
  for (const result of [...wins, ...draws, ...rest]) {
    assert.doesNotMatch(outcomeText(result), /chess\.|[{}]/, JSON.stringify(result));
  }
  assert.equal(outcomeText({ status: 'mate', winner: 1 }), 'Black won by checkmate');
  assert.deepEqual([scoreText({ status: 'mate', winner: 1 }), scoreText({ status: 'stalemate', winner: null }), scoreText({ status: 'aborted', winner: null })], ['0–1', '½–½', '']);
  assert.equal(ownOutcome(after(newGame({ you: 1 }), 'ended', { status: 'resign', winner: 0 })), 'lost');
});
