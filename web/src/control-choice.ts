import { fractions } from './control';
import type { Control } from './control';

/** Which time controls there are to choose, and how long their games are. */

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** The initial times that the slider offers. */
export const minuteSteps: readonly number[] = [0, 0.25, 0.5, 0.75, 1, 1.5, ...range(2, 20), 25, 30, 45, 60, 90, 120, 180];

export const maxIncrement = 60;

/** The days for every turn that there are to choose. */
export const dayChoices: readonly number[] = [1, 2, 3, 5, 7, 10, 14];

/** Null for `unlimited`, for days and for what is no time control. */
export function parseControl(text: string): Control | null {
  const [, before, after] = /^(1\/4|1\/2|3\/4|1\.5|\d{1,3})\+(\d{1,3})$/.exec(text) ?? [];
  if (before === undefined || after === undefined) return null;
  return { minutes: fractions[before] ?? Number(before), increment: Number(after) };
}

/** How long a game of 40 moves lasts for one side, in seconds; what speeds and sorting go by. */
export function estimate(text: string): number {
  const control = parseControl(text);
  return control ? control.minutes * 60 + control.increment * 40 : Infinity;
}

export type SpeedName = 'ultraBullet' | 'bullet' | 'blitz' | 'rapid' | 'classical' | 'correspondence';

/** The class of a time control (chess.md 2.1). */
export function speedOf(text: string): SpeedName {
  const seconds = estimate(text);
  if (seconds < 30) return 'ultraBullet';
  if (seconds < 180) return 'bullet';
  if (seconds < 480) return 'blitz';
  if (seconds < 1500) return 'rapid';
  return Number.isFinite(seconds) ? 'classical' : 'correspondence';
}
