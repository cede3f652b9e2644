import { call } from '../../api';
import type { Player } from '../../wire';
import type { BankControl } from './state/room';
import type { Stakes } from './wire';

/** The plain HTTP of poker. Every call rejects with `Refused`. */

export interface Purse {
  chips: number;
  /** Today's chips can be had. */
  daily: boolean;
  /** When the next can be had, in Unix ms, and how many. */
  next: number;
  daily_chips: number;
}

/** What a list shows of a table. */
export interface Brief {
  stakes: Stakes;
  number: number;
  average_pot: number;
  stacks: (number | null)[];
  level?: number;
}

export interface ListedTable {
  table: string;
  preset?: string;
  seats: (Player | null)[];
  action_ms: number;
  bank_ms: number;
  state: Brief;
  watchers: number;
  /** How many wait for a seat. */
  line: number;
  waiting: boolean;
}

/** Stakes that the lobby offers. */
export interface Preset {
  key: string;
  title: string;
  setup: Partial<Stakes>;
  seats: number;
  control: BankControl;
  house: number;
}

/** What somebody chooses for a table of their own. */
export interface NewRoom {
  setup: Partial<Stakes>;
  room: { seats: number; action_seconds: number; bank_seconds: number; approval: boolean; house: number };
}

/** A finished hand in a list. */
export interface HandRow {
  id: string;
  table: string;
  number: number;
  at: number;
  variant: string;
  structure: string;
  stakes: string;
  pot: number;
  board: string[];
  /** Their names, who got the most first. */
  winners: string[];
  /** What it was for who asks; left out for who was not dealt in. */
  you?: { seat: number; cards: string[]; net: number; won: number; showdown: boolean };
}

export interface HandPage {
  hands: HandRow[];
  /** How to ask for the next page; empty at the end. */
  next: string;
}

export type HandFilter = 'all' | 'won' | 'lost' | 'showdown';

/** A hand of a file, or why it is none. */
export interface ImportedHand<T> {
  name?: string;
  line: number;
  hand?: T;
  error?: string;
}

function page(path: string, filter: HandFilter, cursor: string): Promise<HandPage> {
  const wish = new URLSearchParams({ ...(filter !== 'all' && { result: filter }), ...(cursor && { cursor }) });
  return call<HandPage>('GET', `${path}?${wish}`);
}

export const poker = {
  tables: () => call<{ tables: ListedTable[]; presets: Preset[] }>('GET', 'poker/tables'),
  quick: (preset: string) => call<{ table: string }>('POST', 'poker/quick', { preset }),
  create: (table: NewRoom) => call<{ table: string }>('POST', 'tables', { kind: 'poker', ...table }),
  purse: () => call<Purse>('GET', 'chips'),
  daily: () => call<Purse>('POST', 'chips/daily'),
  /** `query` hides names or cards, as in `?names=hidden&cards=hidden`. */
  hand: <T>(id: string, query: string) => call<T>('GET', `hands/${encodeURIComponent(id)}${query}`),
  tableHands: (table: string, filter: HandFilter, cursor: string) => page(`tables/${table}/hands`, filter, cursor),
  userHands: (name: string, filter: HandFilter, cursor: string) => page(`users/${encodeURIComponent(name)}/hands`, filter, cursor),
};

/** Reads a file of hands for the replayer; nothing of it is stored. */
export async function importHands<T>(file: Blob): Promise<ImportedHand<T>[]> {
  const response = await fetch('/api/v1/hands/import', { method: 'POST', body: file, credentials: 'same-origin' });
  const answer = (await response.json()) as { hands?: ImportedHand<T>[]; error?: { message?: string } };
  if (!response.ok) throw new Error(answer.error?.message ?? `The server answered ${response.status}.`);
  return answer.hands ?? [];
}

/** A hand as text, in the common format or another: `txt`, `phh`, `ohh.json`. */
export async function handText(id: string, format: string): Promise<string> {
  const response = await fetch(`/api/v1/hands/${encodeURIComponent(id)}.${format}`, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.text();
}
