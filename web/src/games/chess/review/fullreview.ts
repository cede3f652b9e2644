import type { PositionEval } from './api';
import type { Engine, Search } from './engine';

/** A review of a whole game in the browser, position by position. */

export const NODES = 100_000;

/** Moves of the best line that are worth keeping. */
const KEEP = 8;

export interface Position {
  fen: string;
  chess960: boolean;
  /** How it ended, when there is nothing to play there. */
  end?: 'mate' | 'draw';
}

/** What each position is worth, by what the engine finds, but for the first that are `known`. `onPosition` hears each; rejects when the engine ends. */
export async function reviewPositions(
  engine: Pick<Engine, 'search'>,
  positions: readonly Position[],
  onPosition: (index: number, found: PositionEval) => void,
  known: readonly PositionEval[] = [],
): Promise<void> {
  for (const [index, position] of positions.entries()) {
    onPosition(index, known[index] ?? final(position) ?? (await judged(engine, position)));
  }
}

function final({ end }: Position): PositionEval | undefined {
  if (end === 'mate') return { mate: 0 };
  return end === 'draw' ? { cp: 0 } : undefined;
}

async function judged(engine: Pick<Engine, 'search'>, { fen, chess960 }: Position): Promise<PositionEval> {
  const search: Search = { fen, chess960, limit: { nodes: NODES }, lines: 1 };
  const best = await engine.search(search);
  if (!best) throw new Error('The engine found nothing to say about a position.');
  const pv = best.pv.slice(0, KEEP);
  return { ...best.score, ...(pv[0] !== undefined && { best: pv[0] }), pv };
}
