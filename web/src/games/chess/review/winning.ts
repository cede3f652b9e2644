import type { Color } from '../rules';

/** What an evaluation is worth. The formulas are those of the specification, the same as on the server. */

/** An engine's opinion, from White's side: centipawns, or moves to mate, negative when Black mates. */
export interface Score {
  cp?: number | undefined;
  mate?: number | undefined;
}

export type MoveClass = 'inaccuracy' | 'mistake' | 'blunder';

/** Where more makes no difference. */
const MOST = 1000;

const STEEPNESS = 0.00368208;

/** White's winning chances from -1 to +1. `mated` says who was to move, for a position that is mate. */
export function chances({ cp = 0, mate }: Score, toMove: Color = 'white'): number {
  const sign = mate === 0 ? (toMove === 'white' ? -1 : 1) : Math.sign(mate ?? 0);
  const clamped = mate === undefined ? Math.min(Math.max(cp, -MOST), MOST) : sign * MOST;
  return 2 / (1 + Math.exp(-STEEPNESS * clamped)) - 1;
}

/** White's expected score in percent. */
export function winPercent(score: Score, toMove?: Color): number {
  return 50 + 50 * chances(score, toMove);
}

/** `+0.3`, `-1.2`, `#3`, `#-3`; `1-0` or `0-1` where the game is over by mate. */
export function scoreText({ cp, mate }: Score, toMove: Color = 'white'): string {
  if (mate === 0) return toMove === 'white' ? '0-1' : '1-0';
  if (mate !== undefined) return `#${mate}`;
  const pawns = (Math.abs(cp ?? 0) / 100).toFixed(1);
  return `${pawns === '0.0' ? '' : (cp ?? 0) > 0 ? '+' : '-'}${pawns}`;
}

/** From these losses of winning chances on, on the scale from -1 to +1, a move has a class. */
const LOSSES: [number, MoveClass][] = [
  [0.3, 'blunder'],
  [0.2, 'mistake'],
  [0.1, 'inaccuracy'],
];

/** How bad a move was; undefined for one that is fine. */
export function classOf(before: Score, after: Score, mover: Color): MoveClass | undefined {
  const sign = mover === 'white' ? 1 : -1;
  const had = (before.mate ?? 0) * sign;
  const has = (after.mate ?? 0) * sign;
  const given = after.mate === 0; // the move mates
  if (given) return undefined;
  if (before.mate === undefined && has < 0) return excused(-(before.cp ?? 0) * sign);
  if (had > 0 && has <= 0) return excused(after.mate === undefined ? (after.cp ?? 0) * sign : 0);
  if (before.mate !== undefined || after.mate !== undefined) return undefined;
  const loss = (chances(before) - chances(after)) * sign;
  return LOSSES.find(([least]) => loss >= least)?.[1];
}

/** A mate allowed or missed matters less to who was lost anyway, or still wins. */
function excused(cp: number): MoveClass {
  return cp > 999 ? 'inaccuracy' : cp > 700 ? 'mistake' : 'blunder';
}
