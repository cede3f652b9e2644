import type { Stakes } from '../wire';

/** How far a tournament is: its levels, and what the places get. */

/** A moment of play: Unix ms, and how much was played before it. */
export interface Moment {
  at?: number;
  played?: number;
}

/** When a level, counted from 1, ends in Unix ms; 0 for the last one, and where levels have no time. */
export function levelEnd(stakes: Stakes, level: number, { at, played }: Moment): number {
  const timed = stakes.level_seconds && at && level > 0 && level < (stakes.levels?.length ?? 0);
  return timed ? at - (played ?? 0) + level * (stakes.level_seconds ?? 0) * 1000 : 0;
}

/** The shares of the places in percent, by how many entered, where the table does not say. */
function usual(entrants: number): number[] {
  if (entrants <= 3) return [100];
  return entrants <= 6 ? [65, 35] : [50, 30, 20];
}

/** What the places get, the first place first; what cannot be divided goes to the first. */
export function prizes(stakes: Stakes, entrants: number): number[] {
  const pool = (stakes.entry ?? 0) * entrants;
  if (pool === 0) return [];
  const shares = (stakes.payouts?.length ? stakes.payouts : usual(entrants)).slice(0, entrants);
  const parts = shares.map((share) => Math.floor((pool * share) / 100));
  const rest = pool - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, i) => (i === 0 ? part + rest : part)).filter((part) => part > 0);
}
