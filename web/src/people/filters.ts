import { games, ratingKeys } from '../games/list';

/** Which games of a history are shown. They stand in the URL under the names that the server knows, so that a list can be sent to a friend. */
export interface Filters {
  /** The kind of game. */
  kind: string;
  speed: string;
  result: '' | 'win' | 'draw' | 'loss';
  color: '' | 'white' | 'black';
  opponent: string;
  rated: '' | 'true' | 'false';
  /** Days as 2024-01-31, both included. */
  from: string;
  to: string;
}

export const noFilters: Filters = { kind: '', speed: '', result: '', color: '', opponent: '', rated: '', from: '', to: '' };

const choices: Partial<Record<keyof Filters, readonly string[]>> = {
  kind: games.map((game) => game.kind),
  speed: ratingKeys,
  result: ['win', 'draw', 'loss'],
  color: ['white', 'black'],
  rated: ['true', 'false'],
};

const fits: Record<keyof Filters, (value: string) => boolean> = {
  kind: isChoice('kind'),
  speed: isChoice('speed'),
  result: isChoice('result'),
  color: isChoice('color'),
  rated: isChoice('rated'),
  opponent: (value) => /^[A-Za-z0-9_-]{2,20}$/.test(value),
  from: isDay,
  to: isDay,
};

function isChoice(key: keyof Filters): (value: string) => boolean {
  return (value) => choices[key]?.includes(value) ?? false;
}

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The filters of a query; a value that cannot be is as good as none. */
export function readFilters(query: string): Filters {
  const params = new URLSearchParams(query);
  const filters: Filters = { ...noFilters };
  for (const key of Object.keys(noFilters) as (keyof Filters)[]) {
    const value = params.get(key) ?? '';
    if (fits[key](value)) Object.assign(filters, { [key]: value });
  }
  return filters;
}

/** Only the filters that are set, for the server or for a query. */
export function setFilters(filters: Filters): Record<string, string> {
  const entries = (Object.keys(noFilters) as (keyof Filters)[]).map((key) => [key, filters[key].trim()] as const);
  return Object.fromEntries(entries.filter(([key, value]) => fits[key](value)));
}

/** A query with these filters in place of those it had; whatever else it says stays. */
export function withFilters(query: string, filters: Filters): string {
  const params = new URLSearchParams(query);
  const set = setFilters(filters);
  for (const key of Object.keys(noFilters)) {
    params.delete(key);
    const value = set[key];
    if (value !== undefined) params.set(key, value);
  }
  const text = params.toString();
  return text && `?${text}`;
}
