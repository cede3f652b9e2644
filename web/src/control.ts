import { t } from './i18n';

/** Time controls as docs/protocol.md writes them: minutes+seconds, or `unlimited`. */

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

/** A time control for the eye: `3+2`, or "No clock". */
export function controlName(text: string): string {
  return text === 'unlimited' ? t('control.unlimited') : text;
}
