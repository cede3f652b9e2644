import type { NewTable } from '../../../api';
import { formatControl } from '../../../control';
import { dayChoices, maxIncrement, minuteSteps, speedOf } from '../../../control-choice';
import type { Ask } from '../../../socket';
import type { ColorChoice, Setup } from '../../../wire';

export type Opponent = 'anyone' | 'friend' | 'house';
export type Variant = 'standard' | 'chess960' | 'fen';

/** What the create dialog holds; the last values are remembered. */
export interface Form {
  opponent: Opponent;
  level: number;
  variant: Variant;
  fen: string;
  clock: boolean;
  /** Days for every turn; 0 is none, and then there is a clock or not. */
  days: number;
  minutes: number;
  increment: number;
  rated: boolean;
  /** How far below and above the own rating an opponent may be; `anyRange` is no limit. */
  below: number;
  above: number;
  color: ColorChoice;
}

/** The far end of a rating range: no limit. */
export const anyRange = 550;
/** The steps of a rating range. */
export const rangeStep = 50;

export const initial: Form = {
  opponent: 'anyone',
  level: 1,
  variant: 'standard',
  fen: '',
  clock: true,
  days: 0,
  minutes: 5,
  increment: 3,
  rated: false,
  below: anyRange,
  above: anyRange,
  color: 'random',
};

const KEY = 'kibitz.create';
const values: Partial<Record<keyof Form, readonly (string | number)[]>> = {
  opponent: ['anyone', 'friend', 'house'],
  level: [1, 2, 3, 4, 5, 6, 7, 8],
  variant: ['standard', 'chess960', 'fen'],
  days: [0, ...dayChoices],
  minutes: minuteSteps,
  color: ['white', 'random', 'black'],
};

/** The form as it was stored; what does not fit today's form is left at its default. */
export function readForm(stored: string | null): Form {
  const form: Form = { ...initial };
  let found: unknown;
  try {
    found = JSON.parse(stored ?? 'null');
  } catch {
    return form;
  }
  if (typeof found !== 'object' || found === null) return form;
  for (const key of Object.keys(initial) as (keyof Form)[]) {
    const value = (found as Record<string, unknown>)[key];
    const fits = typeof value === typeof initial[key] && (values[key]?.includes(value as string | number) ?? true);
    if (fits) Object.assign(form, { [key]: value });
  }
  form.increment = Math.min(maxIncrement, Math.max(0, Math.round(form.increment)));
  form.below = nearestRange(form.below);
  form.above = nearestRange(form.above);
  return form;
}

function nearestRange(range: number): number {
  return Math.min(anyRange, Math.max(rangeStep, Math.round(range / rangeStep) * rangeStep));
}

export function loadForm(): Form {
  try {
    return readForm(localStorage.getItem(KEY));
  } catch {
    return { ...initial };
  }
}

export function saveForm(form: Form): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(form));
  } catch {
    // Remembering is a comfort; a browser without storage goes without.
  }
}

/** What the form means, where one choice rules out another: strangers get clocks and the usual starts. */
export function settled(form: Form): Form {
  if (form.opponent === 'house') return { ...form, rated: false };
  if (form.opponent === 'friend') return { ...form, rated: form.rated && (form.clock || form.days > 0) && form.variant !== 'fen' };
  const variant = form.variant === 'fen' ? 'standard' : form.variant;
  return { ...form, clock: true, variant };
}

/** The key of the text that says why the form cannot be sent; null when it can. */
export function fault(form: Form): string | null {
  const { clock, days, minutes, increment, variant, fen } = settled(form);
  if (clock && days === 0 && minutes === 0 && increment === 0) return 'create.notime';
  if (variant !== 'fen') return null;
  if (fen.trim() === '') return 'create.nofen';
  return looksLikeFen(fen) ? null : 'create.badfen';
}

/** Enough of a check to catch a wrong paste; the server knows the rules. */
export function looksLikeFen(text: string): boolean {
  return /^\s*([1-8pnbrqk]+\/){7}[1-8pnbrqk]+\s+[wb]\b/i.test(text);
}

function setup({ variant, fen }: Form): Setup {
  if (variant === 'fen') return { variant: 'standard', fen: fen.trim() };
  return { variant };
}

function control(form: Form): string {
  if (form.days > 0) return `${form.days}d`;
  return form.clock ? formatControl(form) : 'unlimited';
}

/** What the rating of a form is called: a variant has one of its own, whatever the speed. */
export function ratingKey(form: Form): string {
  return form.variant === 'chess960' ? 'chess960' : speedOf(control(form));
}

/** The open challenge that a form for anyone means; `rating` is my own, null for who has none. */
export function toSeek(form: Form, rating: number | null = null): Omit<Extract<Ask, { type: 'seek' }>, 'type'> {
  const now = settled(form);
  return {
    kind: 'chess',
    setup: setup(now),
    control: control(now),
    color: now.color,
    rated: now.rated,
    ...(rating !== null && now.below < anyRange && { min_rating: rating - now.below }),
    ...(rating !== null && now.above < anyRange && { max_rating: rating + now.above }),
  };
}

/** The table that a form for a friend or a house player means; with a name, the one that user is challenged to. */
export function toTable(form: Form, name?: string): NewTable {
  const now = settled(form);
  const friend = name === undefined ? 'friend' : 'user';
  const opponent = now.opponent === 'house' ? 'house' : friend;
  return {
    kind: 'chess',
    setup: setup(now),
    control: control(now),
    color: now.color,
    opponent,
    ...(name !== undefined && opponent === 'user' && { name }),
    ...(opponent === 'house' && { level: now.level }),
    ...(now.rated && { rated: true }),
  };
}
