/**
 * Where everything is on the felt, in percent of its box from the middle. Index 0 is the hero, at the bottom; the others
 * follow clockwise.
 */

export type Shape = 'portrait' | 'landscape' | 'short';

export interface Point {
  x: number;
  y: number;
}

export interface Spot extends Point {
  /** Where the bet of the seat lies, and which of its sides stays there when the number gets longer. */
  bet: Point & { edge: 'left' | 'right' | 'middle' };
}

/** The left half of a portrait table, by the number of seats; the right half mirrors it. A computed ellipse does not fit. */
const LEFT: Record<number, [number, number][]> = {
  2: [],
  3: [[-28, -40]],
  4: [[-36, -22]],
  5: [[-36, 12], [-25, -40]],
  6: [[-36, 13], [-36, -22]],
  7: [[-36, 13], [-36, -20], [-23, -41]],
  8: [[-36, 26], [-36, 8], [-36, -22]],
  9: [[-36, 26], [-36, 8], [-36, -22], [-19, -41]],
  10: [[-36, 26], [-36, 8], [-36, -20], [-33, -41]],
};

/** How many have a seat at the head of a portrait table. */
const HEAD = new Set([2, 4, 6, 8, 10]);

function portrait(seats: number): Spot[] {
  const left = (LEFT[seats] ?? []).map(([x, y]): Point => ({ x, y }));
  const right = left.map(({ x, y }) => ({ x: -x, y })).reverse();
  const head: Point[] = HEAD.has(seats) ? [{ x: 0, y: seats === 2 ? -40 : -41 }] : [];
  const hero: Spot = { x: 0, y: 33, bet: { x: 0, y: heroBet(seats), edge: 'middle' } };
  return [hero, ...[...left, ...head, ...right].map(portraitSpot)];
}

/** Between the board and the own cards, off the line of the bets beside it. */
function heroBet(seats: number): number {
  if (seats < 5) return 11;
  return seats < 8 ? 7.5 : 13;
}

function portraitSpot({ x, y }: Point): Spot {
  const edge = x < 0 ? 'left' : 'right';
  if (y < -38) return { x, y, bet: { x: x * 0.62, y: -29.5, edge: 'middle' } };
  const inner = Math.sign(x) * 23;
  // Beside the hero there is room above the line of the plate only, and over the pots not much.
  const bet = y > 20 ? y - 8.5 : y < 0 ? y - 1.5 : y + 0.5;
  return { x, y, bet: { x: inner, y: bet, edge } };
}

/** Half the width and height of the ring of seats, how square it is, and how flat the box is taken to be. */
const RINGS = {
  landscape: { a: 42, b: 37, exponent: 2.3, flat: 0.62 },
  short: { a: 40, b: 36, exponent: 2.6, flat: 0.6 },
};

const STEPS = 720;

/** Seats at equal distances along a superellipse. */
function ring(seats: number, shape: 'landscape' | 'short'): Spot[] {
  const { a, b, exponent, flat } = RINGS[shape];
  const line = Array.from({ length: STEPS + 1 }, (_, i): Point => {
    const turn = Math.PI / 2 + (i / STEPS) * Math.PI * 2;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return { x: a * Math.sign(cos) * Math.abs(cos) ** (2 / exponent), y: b * Math.sign(sin) * Math.abs(sin) ** (2 / exponent) };
  });
  const lengths = walk(line, flat);
  const whole = lengths.at(-1) ?? 0;
  return Array.from({ length: seats }, (_, seat) => {
    const at = lengths.findIndex((length) => length >= (whole * seat) / seats);
    return ringSpot(line[at] ?? { x: 0, y: b }, seat, shape);
  });
}

/** How far along a line each of its points is. */
function walk(line: readonly Point[], flat: number): number[] {
  let sum = 0;
  return line.map((point, i) => {
    const before = line[i - 1] ?? point;
    return (sum += Math.hypot(point.x - before.x, (point.y - before.y) * flat));
  });
}

function ringSpot({ x, y }: Point, seat: number, shape: 'landscape' | 'short'): Spot {
  if (seat === 0) return { x, y: y - 3, bet: { x: 0, y: 9, edge: 'middle' } };
  // Where it is tight, bets at the sides lie along the edge of their plate.
  if (shape === 'short' && y > 25) return { x, y, bet: { x: x + Math.sign(x) * 7, y: y - 17.5, edge: x < 0 ? 'left' : 'right' } };
  if (shape === 'short' && Math.abs(x) > 25) {
    return { x, y, bet: { x: x - Math.sign(x) * 9.5, y: y * 0.72, edge: x < 0 ? 'left' : 'right' } };
  }
  const low = y > 0;
  return { x, y, bet: { x: x * (low ? 0.66 : 0.6), y: y * (low ? 0.44 : 0.6), edge: 'middle' } };
}

/** The left half of a full table on a phone on its side, where a ring is too tight: plate, and bet. */
const LOW_LEFT: Record<number, [number, number, number, number][]> = {
  8: [[-27, 39, -19, 24], [-42, 6, -34, 4], [-34, -28, -26, -20]],
  9: [[-27, 39, -19, 24], [-42, 12, -34, 9], [-40, -20, -32, -14], [-15, -37, -16, -25.5]],
  10: [[-27, 39, -19, 24], [-42, 14, -34, 10], [-42, -13, -34, -11], [-26, -37, -27, -25.5]],
};

function low(seats: number): Spot[] {
  const left = (LOW_LEFT[seats] ?? []).map(([x, y, betX, betY]): Spot => ({ x, y, bet: { x: betX, y: betY, edge: 'left' } }));
  const right = left.map(({ x, y, bet }): Spot => ({ x: -x, y, bet: { x: -bet.x, y: bet.y, edge: 'right' } })).reverse();
  const head: Spot[] = HEAD.has(seats) ? [{ x: 0, y: -37, bet: { x: 0, y: -25.5, edge: 'middle' } }] : [];
  return [{ x: 0, y: 33, bet: { x: 0, y: 9, edge: 'middle' } }, ...left, ...head, ...right];
}

/** The places of a table of 2 to 10 seats. */
export function spots(seats: number, shape: Shape): Spot[] {
  if (shape === 'portrait') return portrait(seats);
  return shape === 'short' && seats > 7 ? low(seats) : ring(seats, shape);
}

/** The seats clockwise from the hero; a spectator looks from the first one. */
export function clockwise(seats: number, hero: number | null): number[] {
  return Array.from({ length: seats }, (_, i) => (i + (hero ?? 0)) % seats);
}
