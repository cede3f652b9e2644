import { t } from './i18n';

/** Time controls as docs/protocol.md writes them: minutes+seconds, days for every turn, or `unlimited`. */

/** Minutes at the start and seconds for each move. */
export interface Control {
  minutes: number;
  increment: number;
}

/** Parts of a minute as one writes them. */
export const fractions: Record<string, number> = { '1/4': 0.25, '1/2': 0.5, '3/4': 0.75, '1.5': 1.5 };

/** Initial minutes as one writes them: 1/2, 1.5, 10. */
export function formatMinutes(minutes: number): string {
  const known = Object.entries(fractions).find(([, value]) => value === minutes);
  return known ? known[0] : String(minutes);
}

export function formatControl({ minutes, increment }: Control): string {
  return `${formatMinutes(minutes)}+${increment}`;
}

/** The name of a speed; one that this client does not know shows itself. */
export function speedName(speed: string): string {
  const name = t(`speed.${speed}`);
  return name.startsWith('speed.') ? speed : name;
}

/** How many days every turn has, as in `3d`; 0 where it has none by itself. */
export function daysOf(text: string): number {
  return Number(/^(\d{1,2})d$/.exec(text)?.[1] ?? 0);
}

/** A time control for the eye: `3+2`, "3 days a move", or "No clock". */
export function controlName(text: string): string {
  const n = daysOf(text);
  return n > 0 ? t('control.days', { n }) : text === 'unlimited' ? t('control.unlimited') : text;
}

const HOUR = 3_600_000;

/** A time from a day on, as in "2 d 5 h"; null for a shorter one, which shows minutes and seconds. */
export function daysLeft(ms: number): string | null {
  const hours = Math.floor(ms / HOUR);
  return hours < 24 ? null : t('control.left', { days: Math.floor(hours / 24), hours: hours % 24 });
}
