import { estimate } from '../../../control-choice';
import type { Seek } from '../../../wire';

/** The order of the list of open challenges, which holds still under the pointer: nobody pairs by mistake. */

export type SortKey = 'rating' | 'time';

export interface Row {
  seek: Seek;
  /** Taken or withdrawn since; stands only until the list may move again. */
  gone: boolean;
}

/** What is shown next: in order, or, while it is held, with every row where it was and new ones at the end. */
export function nextRows(shown: readonly Row[], live: readonly Seek[], options: { held: boolean; sort: SortKey }): Row[] {
  if (!options.held) return sorted(live, options.sort).map((seek) => ({ seek, gone: false }));
  const now = new Map(live.map((seek) => [seek.seek, seek]));
  const kept = shown.map((row) => ({ seek: now.get(row.seek.seek) ?? row.seek, gone: !now.has(row.seek.seek) }));
  const known = new Set(shown.map((row) => row.seek.seek));
  const added = live.filter((seek) => !known.has(seek.seek)).map((seek) => ({ seek, gone: false }));
  return [...kept, ...added];
}

/** Mine first, then by the key; what is equal keeps the server's order. */
export function sorted(seeks: readonly Seek[], key: SortKey): Seek[] {
  const value = key === 'time' ? (seek: Seek) => estimate(seek.control) : (seek: Seek) => -(seek.rating ?? 0);
  return [...seeks].sort((a, b) => Number(b.mine) - Number(a.mine) || compare(value(a), value(b)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
