import type { ColorChoice, ErrorCode, Player, Clocks, Setup, User } from './wire';
import { Refused } from './socket/refused';

/** The plain HTTP part of docs/protocol.md: what is not live. Every call rejects with `Refused`. */

export interface NewTable {
  kind: string;
  setup: Setup;
  control: string;
  color: ColorChoice;
  opponent: 'friend' | 'user' | 'house';
  /** Who is challenged, for the opponent `user`. */
  name?: string;
  /** Only among players with an account, and from the usual starts. */
  rated?: boolean;
  /** The strength of the house player. */
  level?: number;
}

export interface HouseLevel {
  level: number;
  name: string;
}

/** A running table as the list of those to watch has it. */
export interface WatchTable {
  table: string;
  kind: string;
  seats: (Player | null)[];
  control: string;
  speed: string;
  rated: boolean;
  watchers: number;
  fen?: string;
  clocks: Clocks | null;
}

interface Failure {
  error?: { code?: ErrorCode; message?: string };
}

export const api = {
  makeGuest: () => call<{ user: User }>('POST', 'guests'),
  me: () => call<{ user: User }>('GET', 'me'),
  signOut: () => call<unknown>('DELETE', 'me/session'),
  newTable: (table: NewTable) => call<{ table: string; seat: number }>('POST', 'tables', table),
  tables: () => call<{ tables: WatchTable[] }>('GET', 'tables'),
  house: () => call<{ levels: HouseLevel[] }>('GET', 'house'),
};

/** One request below /api/v1. `undefined` is no body; a file goes as it is, anything else as JSON. Rejects with `Refused`. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const file = body instanceof Blob;
  const response = await reach(`/api/v1/${path}`, {
    method,
    headers: body === undefined || file ? {} : { 'content-type': 'application/json' },
    ...(body !== undefined && { body: file ? body : JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (response.ok) return answer as T;
  const { error } = answer as Failure;
  const wait = Number(response.headers.get('retry-after')) * 1000 || 0;
  throw new Refused(error?.code ?? 'internal', error?.message ?? `The server answered ${response.status}.`, wait, response.status);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init });
  } catch {
    throw new Refused('offline', 'No connection to the server.');
  }
}
