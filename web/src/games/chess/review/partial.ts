import type { PositionEval } from './api';

/** What a review in this browser has found so far: kept for this tab, so that a reload goes on where it was. */

const key = (table: string): string => `kibitz.review.${table}`;

export function keepPartial(table: string, plies: readonly PositionEval[]): void {
  try {
    sessionStorage.setItem(key(table), JSON.stringify(plies));
  } catch {
    // Then a reload begins anew.
  }
}

export function dropPartial(table: string): void {
  try {
    sessionStorage.removeItem(key(table));
  } catch {
    // Nothing was kept either.
  }
}

/** What was found of a table's positions, the first `count` at most; empty when nothing was. */
export function readPartial(table: string, count: number): PositionEval[] {
  try {
    return parsePartial(sessionStorage.getItem(key(table)), count);
  } catch {
    return [];
  }
}

/** The positions before the first that is no evaluation. */
export function parsePartial(stored: string | null, count: number): PositionEval[] {
  let found: unknown;
  try {
    found = JSON.parse(stored ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(found)) return [];
  const plies: unknown[] = found.slice(0, count);
  const end = plies.findIndex((ply) => !isEval(ply));
  return (end < 0 ? plies : plies.slice(0, end)) as PositionEval[];
}

function isEval(ply: unknown): boolean {
  if (typeof ply !== 'object' || ply === null) return false;
  const { cp, mate } = ply as PositionEval;
  return Number.isFinite(cp) || Number.isFinite(mate);
}
