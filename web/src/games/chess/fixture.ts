import type { EventsMessage, TableEvent } from '../../wire';
import type { Game } from './game';
import { fromTable, reduce } from './state';
import type { ChessTable, ChessView } from './wire';

/** Tables for tests. */

const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';

export const NOW = 1_700_000_000_000;

export function chessTable(change: Partial<ChessTable> = {}, state: Partial<ChessView> = {}): ChessTable {
  return {
    type: 'table',
    table: 'aB3dE6gH',
    kind: 'chess',
    seq: 2,
    you: 0,
    waiting: false,
    seats: [
      { name: 'Alice', user: 'u1' },
      { name: 'Bob', user: 'u2', guest: true },
    ],
    info: { origin: 'pool', rated: false, control: { initial_ms: 180_000, increment_ms: 2000 }, speed: 'blitz', created_at: NOW },
    state: {
      variant: 'standard',
      initial_fen: START,
      fen: START,
      moves: [],
      draw_offered_by: null,
      takeback_asked_by: null,
      can_claim_draw: false,
      can_abort: true,
      takebacks: true,
      result: null,
      ...state,
    },
    spent_ms: [],
    clocks: { left_ms: [180_000, 180_000], running: null, held: false, at: NOW },
    deadline: null,
    rematch: { offered_by: null, table: null },
    chat: [],
    ...change,
  };
}

export function newGame(change: Partial<ChessTable> = {}, state: Partial<ChessView> = {}): Game {
  return fromTable(chessTable(change, state));
}

export function events(list: TableEvent[], change: Partial<EventsMessage> = {}): EventsMessage {
  return { type: 'events', table: 'aB3dE6gH', events: list, clocks: null, deadline: null, ...change };
}

/** One more event, with the next number. */
export function after(game: Game, type: string, view: unknown, seat: number | null = null): Game {
  return reduce(game, events([{ seq: game.seq + 1, at: NOW, seat, spent_ms: 1000, type, view }], { clocks: game.clocks }));
}

/** The game after moves given as `uci:san` words. */
export function played(game: Game, moves: string): Game {
  return moves.split(' ').reduce((now, word) => {
    const [uci = '', san = uci] = word.split(':');
    const ply = now.plies.length + 1;
    return after(now, 'move', { ply, uci, san }, (ply - 1) % 2);
  }, game);
}
