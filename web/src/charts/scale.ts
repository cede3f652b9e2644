/** The arithmetic of line charts: which part of a history, which marks on the axis, and where a value lies. */

/** A moment in Unix ms, and a value. */
export type Point = readonly [at: number, value: number];

export interface Extent {
  least: number;
  most: number;
}

const DAY = 24 * 60 * 60 * 1000;

export const spans = ['1m', '3m', '1y', 'all'] as const;
export type Span = (typeof spans)[number];
const lengths: Record<Span, number> = { '1m': 30 * DAY, '3m': 91 * DAY, '1y': 365 * DAY, all: Infinity };

/**
 * The points of a span that ends now. The value that held when the span began becomes its first point, and the last one
 * holds until now, so that a pause is a level line and not a gap.
 */
export function within(points: readonly Point[], span: Span, now: number): Point[] {
  const from = now - lengths[span];
  const inside = points.filter(([at]) => at >= from && at <= now);
  const before = points.filter(([at]) => at < from).at(-1);
  if (before) inside.unshift([from, before[1]]);
  const last = inside.at(-1);
  if (last && last[0] < now) inside.push([now, last[1]]);
  return inside;
}

/** The steps of an axis: 1, 2 or 5 times a power of ten. */
export function niceStep(range: number, count: number): number {
  const rough = Math.max(range, 1) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

/** An axis shows no less than this, so that a small change looks small. */
const LEAST = 40;

/** Round values that enclose all values, about `count` of them, the least first. */
export function ticks(values: readonly number[], count: number): number[] {
  if (values.length === 0) return [];
  const middle = (Math.min(...values) + Math.max(...values)) / 2;
  const half = Math.max((Math.max(...values) - Math.min(...values)) / 2, LEAST / 2);
  const [least, most] = [middle - half, middle + half];
  const step = niceStep(most - least, count);
  const first = Math.floor(least / step) * step;
  const marks = [first];
  for (let mark = first + step; mark < most + step; mark += step) marks.push(mark);
  return marks.length > 1 ? marks : [first, first + step];
}

/** Where a value lies between two ends of an axis, in its unit of length; the middle when there is no extent. */
export function place(value: number, { least, most }: Extent, length: number): number {
  return most === least ? length / 2 : ((value - least) / (most - least)) * length;
}

/** The index of the point nearest in time; -1 without points. */
export function nearest(points: readonly Point[], at: number): number {
  let best = -1;
  for (const [index, point] of points.entries()) {
    const known = points[best];
    if (!known || Math.abs(point[0] - at) < Math.abs(known[0] - at)) best = index;
  }
  return best;
}

/** An SVG path through places; empty for fewer than two. */
export function linePath(places: readonly (readonly [x: number, y: number])[]): string {
  if (places.length < 2) return '';
  return `M${places.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
