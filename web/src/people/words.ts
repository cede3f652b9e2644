import { addMessages, t } from '../i18n';
import { speedName } from '../control';
import messages from './en.json';

addMessages(messages);

/** Dates, spans and signed numbers as people read them. */

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const minute = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const number = new Intl.NumberFormat('en');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment of Unix ms as a day of this browser's calendar. */
export function dayName(at: number): string {
  return day.format(at);
}

export function momentName(at: number): string {
  return minute.format(at);
}

const steps: [number, Intl.RelativeTimeFormatUnit][] = [
  [365 * DAY, 'year'],
  [30 * DAY, 'month'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** How long ago: "3 days ago"; below a minute "just now". */
export function ago(at: number, now: number): string {
  const gone = Math.max(0, now - at);
  const [size, unit] = steps.find(([least]) => gone >= least) ?? [];
  return size === undefined || unit === undefined ? t('ago.now') : relative.format(-Math.floor(gone / size), unit);
}

/** A span as days, hours or minutes, whichever is the largest that fits. */
export function spanName(ms: number): string {
  if (ms >= 2 * DAY) return t('span.days', { n: Math.floor(ms / DAY) });
  if (ms >= HOUR) return t('span.hours', { n: Math.floor(ms / HOUR) });
  return t('span.minutes', { n: Math.floor(ms / MINUTE) });
}

/** A change with its sign, and a true minus. */
export function signed(n: number): string {
  return n > 0 ? `+${number.format(n)}` : n < 0 ? `−${number.format(-n)}` : '0';
}

/** Whole percent of a part; 0 of nothing. */
export function percent(part: number, whole: number): number {
  return whole > 0 ? Math.round((part / whole) * 100) : 0;
}

/** The name of a kind of rating: a speed, or a variant that has one of its own. */
export function ratingName(key: string): string {
  const name = t(`variant.${key}`);
  return name.startsWith('variant.') ? speedName(key) : name;
}

/** A rating with its mark when it is not sure yet. */
export function ratingText(rating: number, provisional = false): string {
  return `${rating}${provisional ? '?' : ''}`;
}
