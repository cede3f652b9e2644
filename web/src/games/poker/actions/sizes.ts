import type { Legal } from '../wire';

/** The sizes of bets and raises. All amounts are TO: the chips in front of the player afterwards. */

export interface Spread {
  legal: Legal;
  /** Everything in the middle and in front of the players. */
  pot: number;
  /** What lies in front of the player already. */
  bet: number;
  /** What is left behind it. */
  stack: number;
  bigBlind: number;
}

export type Preset = 'min' | 'half' | 'most' | 'pot' | 'max';

export const PRESETS: readonly Preset[] = ['min', 'half', 'most', 'pot', 'max'];

const FRACTIONS = { half: 1 / 2, most: 3 / 4, pot: 1 };

export function canRaise({ max_to }: Legal): boolean {
  return max_to > 0;
}

/** Whether there is more than one size. */
export function hasChoice({ min_to, max_to }: Legal): boolean {
  return max_to > min_to;
}

/** The nearest size that the server takes. */
export function clamp({ min_to, max_to, step }: Legal, to: number): number {
  if (to >= max_to) return max_to;
  if (to <= min_to) return min_to;
  const unit = Math.max(1, step);
  return Math.min(max_to, min_to + Math.round((to - min_to) / unit) * unit);
}

/** To a part of the pot: the bet to match, and that part of the pot once the call is in it. */
export function presetTo({ legal, pot, bet }: Spread, preset: Preset): number {
  if (preset === 'min') return legal.min_to;
  if (preset === 'max') return legal.max_to;
  return clamp(legal, Math.round(bet + legal.call + FRACTIONS[preset] * (pot + legal.call)));
}

/** How far one step of the slider or of an arrow key goes: a big blind, or a twentieth where there is room for little. */
export function stride({ legal, bigBlind }: Spread): number {
  const room = legal.max_to - legal.min_to;
  return Math.max(legal.step, Math.min(bigBlind, Math.max(1, Math.floor(room / 20))));
}

/** A quarter of the pot, for a longer step. */
export function longStride(spread: Spread): number {
  return Math.max(stride(spread), Math.round(spread.pot / 4));
}
