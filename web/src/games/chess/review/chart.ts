import { winPercent } from './winning';
import type { Score } from './winning';
import type { Color } from '../rules';

/**
 * The arithmetic of the graph. Both pictures are as wide as there are half-moves and 100 high, and are stretched to the
 * place there is; y grows downwards.
 */

export const HEIGHT = 100;

/** White's winning percentage as a height; null where nothing is known. */
export function heightOf(score: Score | null | undefined, toMove: Color): number | null {
  return score ? HEIGHT - winPercent(score, toMove) : null;
}

/** The area below a line of heights, in as many pieces as there are gaps. */
export function areaPath(heights: readonly (number | null)[]): string {
  return runs(heights)
    .map((run) => `M${run[0]?.[0] ?? 0} ${HEIGHT}${lineTo(run)}L${run.at(-1)?.[0] ?? 0} ${HEIGHT}Z`)
    .join('');
}

/** The line itself. */
export function linePath(heights: readonly (number | null)[]): string {
  return runs(heights).map((run) => `M${lineTo(run).slice(1)}`).join('');
}

type Point = [x: number, y: number];

function runs(heights: readonly (number | null)[]): Point[][] {
  const found: Point[][] = [[]];
  for (const [x, y] of heights.entries()) {
    if (y === null) found.push([]);
    else found.at(-1)?.push([x, Math.round(y * 10) / 10]);
  }
  return found.filter((run) => run.length > 1);
}

function lineTo(run: readonly Point[]): string {
  return run.map(([x, y]) => `L${x} ${y}`).join('');
}

export interface Bar {
  /** The half-move, from 1. */
  ply: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The time of each half-move as a bar: up from the middle for White, down for Black. Heights go by the square root, so that
 * one long think does not flatten all others. Moves of unknown time have no bar.
 */
export function timeBars(spentMs: readonly (number | null | undefined)[], blackFirst: boolean): Bar[] {
  const longest = Math.max(1, ...spentMs.map((ms) => ms ?? 0));
  return spentMs.flatMap((ms, index) => {
    if (ms === null || ms === undefined) return [];
    const height = Math.max(1, Math.round(Math.sqrt(ms / longest) * (HEIGHT / 2) * 10) / 10);
    const up = (index % 2 === 0) !== blackFirst;
    return [{ ply: index + 1, x: index + 0.1, y: HEIGHT / 2 - (up ? height : 0), width: 0.8, height }];
  });
}

/** The half-move nearest to a place in a picture of a width, both in px. */
export function plyAt(x: number, width: number, plies: number): number {
  if (width <= 0) return 0;
  return Math.min(plies, Math.max(0, Math.round((x / width) * plies)));
}
