import type { HandPlayer, Pot } from '../wire';

/**
 * Pots, made of what lay in the middle when the street began and of the bets since. Only bets that are matched make a new
 * pot: a player who is all-in for less can win no more than that from each of the others.
 */

/** The pots after the bets of a street went in. `bets` are by place, without what was given back. */
export function gather(pots: readonly Pot[], bets: readonly number[], players: readonly HandPlayer[]): Pot[] {
  const result = pots.map((pot) => ({ ...pot }));
  const last = result.at(-1);
  if (!last) return result;
  let left = last.players.filter((pos) => !players[pos]?.folded);
  let below = 0;
  let pot: Pot = last;
  while (left.length > 0) {
    const level = Math.min(...left.map((pos) => bets[pos] ?? 0));
    pot.amount += layer(bets, below, level);
    below = Math.max(below, level);
    const more = left.filter((pos) => (bets[pos] ?? 0) > level);
    if (more.length > 0) result.push((pot = { amount: 0, players: more }));
    left = more;
  }
  pot.amount += layer(bets, below, Infinity); // what only folded players reached
  return result;
}

/** What all bets hold between two levels. */
function layer(bets: readonly number[], from: number, to: number): number {
  return bets.reduce((sum, bet) => sum + Math.max(0, Math.min(bet, to) - from), 0);
}

/** Takes who folded out of those who can win. */
export function without(pots: readonly Pot[], pos: number): Pot[] {
  return pots.map((pot) => ({ ...pot, players: pot.players.filter((player) => player !== pos) }));
}
