import { play } from '../rules';
import type { Ply } from '../rules';
import type { GameRecord } from './api';
import { START_FEN } from './position';

/** Games for tests. */

/** Moves given as UCI words, from a position. */
export function plies(moves: string, fen = START_FEN): Ply[] {
  const list: Ply[] = [];
  for (const uci of moves.split(' ')) {
    const ply = play(list.at(-1)?.fen ?? fen, uci);
    if (!ply) throw new Error(`${uci} is not legal`);
    list.push(ply);
  }
  return list;
}

export function record(moves: string, change: Partial<GameRecord> = {}): GameRecord {
  return {
    table: 'aB3dE6gH',
    running: false,
    imported: false,
    players: [{ name: 'Alice', user: 'u1', rating: 1500 }, { name: 'Bob', user: 'u2' }],
    variant: 'standard',
    speed: 'blitz',
    rated: true,
    control: '3+2',
    clock: { initial_ms: 180_000, increment_ms: 2000 },
    createdAt: 1_700_000_000_000,
    initialFen: START_FEN,
    moves: plies(moves).map(({ uci, san }, i) => ({ uci, san, spentMs: 1000 * i, leftMs: 180_000 - 1050 * i })),
    opening: { eco: 'C50', name: 'Italian Game' },
    result: { status: 'resign', winner: 1 },
    ...change,
  };
}
