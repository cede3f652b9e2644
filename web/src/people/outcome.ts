import type { PastGame } from './api';

/** What a game was for one of its seats; `none` for a game that was given up before it counted. */
export type OutcomeName = 'win' | 'draw' | 'loss' | 'none';

/** How a game ended for the user whose history it is in. */
export function outcomeOf({ result, you }: Pick<PastGame, 'result' | 'you'>): OutcomeName {
  if (you === null || result.status === 'aborted') return 'none';
  if (result.winner === null) return 'draw';
  return result.winner === you ? 'win' : 'loss';
}

/** Full moves that plies make. */
export function movesOf(plies: number): number {
  return Math.ceil(plies / 2);
}
