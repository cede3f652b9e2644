import { call } from '../api';

/** What plain HTTP tells about people and their games (docs/api.md). Every call rejects with `Refused`. */

/** A rating in one speed or variant. */
export interface Rating {
  key: string;
  rating: number;
  /** How uncertain it is: the deviation of Glicko-2. */
  rd: number;
  provisional: boolean;
  games: number;
  /** The place among all; null or left out for who is not ranked. */
  rank?: number | null;
  /** Change over the last games. */
  progress?: number;
  /** The last ratings, oldest first. */
  spark?: number[];
}

/** Who played a game, with the rating they had before it. */
export interface GamePlayer {
  name: string;
  user: string;
  guest?: boolean;
  house?: number;
  bot?: boolean;
  closed?: boolean;
  rating?: number;
  provisional?: boolean;
  /** What the game did to the rating; rated games only. */
  diff?: number;
}

/** A finished game in a history. */
export interface PastGame {
  table: string;
  kind: string;
  variant: string;
  speed: string;
  control: string;
  rated: boolean;
  ended_at: number;
  plies: number;
  /** By seat. */
  players: (GamePlayer | null)[];
  /** The seat of whose history it is. */
  you: number | null;
  result: { status: string; winner: number | null; reason?: string };
  eco?: string;
  opening?: string;
}

/** One part of a list, and how to ask for the next; no `next` at the end. */
export interface GamePart {
  games: PastGame[];
  next?: string | null;
}

export interface Score {
  win: number;
  draw: number;
  loss: number;
}

export interface Profile {
  user: { id: string; name: string; guest?: boolean; role?: string; closed?: boolean };
  /** Left out when the user hides it. */
  online?: boolean;
  joined_at: number;
  seen_at?: number;
  playtime_ms?: number;
  counts: Score & { games: number; rated: number; playing?: number };
  ratings: Rating[];
  /** How I stand to this user; left out without a session. */
  you?: { self: boolean; blocked: boolean; may_challenge: boolean };
}

export interface OpeningScore extends Score {
  eco: string;
  name: string;
  color: 'white' | 'black';
}

export interface Stats {
  speeds: (Score & { key: string })[];
  colors?: { white: Score; black: Score };
  /** `current` counts wins upwards and losses downwards. */
  streaks: { current: number; best_win: number; best_loss: number };
  best_win: { table: string; at: number; opponent: { name: string; rating: number } } | null;
  controls?: { control: string; games: number }[];
  openings: OpeningScore[];
}

/** What two users played against each other, seen from the first. */
export interface Against extends Score {
  games: number;
  last: { table: string; at: number } | null;
}

/** A moment in Unix ms, and the rating from then on. */
export type RatingPoint = [at: number, rating: number];

export interface FoundUser {
  name: string;
  user: string;
  online?: boolean;
  role?: string;
}

export interface Leader {
  rank: number;
  name: string;
  user: string;
  bot?: boolean;
  rating: number;
  rd: number;
  games: number;
  progress?: number;
  online?: boolean;
}

export interface Leaderboard {
  key: string;
  players: Leader[];
  next?: string | null;
  /** My own place; left out when I have none. */
  you?: { rank: number; rating: number; rd: number; games: number } | null;
}

/** `a=1&b=2` with a `?` before it; what is empty is left out. */
export function search(params: Record<string, string | number | undefined>): string {
  const list = Object.entries(params).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(list.map(([key, value]) => [key, String(value)])).toString();
  return text && `?${text}`;
}

const user = (name: string) => `users/${encodeURIComponent(name)}`;

export const people = {
  profile: (name: string) => call<Profile>('GET', user(name)),
  ratingHistory: (name: string, key: string) =>
    call<{ key: string; points: RatingPoint[] }>('GET', `${user(name)}/ratings/${encodeURIComponent(key)}/history`),
  stats: (name: string) => call<Stats>('GET', `${user(name)}/stats`),
  against: (name: string, other: string) => call<Against>('GET', `${user(name)}/against/${encodeURIComponent(other)}`),
  games: (name: string, filters: Record<string, string>, cursor?: string) =>
    call<GamePart>('GET', `${user(name)}/games${search({ ...filters, cursor })}`),
  game: (table: string) => call<GameEnd>('GET', `games/${table}`),
  find: (prefix: string) => call<{ users: FoundUser[] }>('GET', `users${search({ prefix, limit: 8 })}`),
  leaders: (key: string, cursor?: string) => call<Leaderboard>('GET', `leaderboards/${key}${search({ cursor })}`),
  myRatings: () => call<{ ratings: Rating[] }>('GET', 'me/ratings'),
  blocks: () => call<{ blocks: { id: string; name: string }[] }>('GET', 'me/blocks'),
  block: (name: string) => call<unknown>('PUT', `me/blocks/${encodeURIComponent(name)}`),
  unblock: (name: string) => call<unknown>('DELETE', `me/blocks/${encodeURIComponent(name)}`),
};

/** How a finished game stood at its end, and what it did; the rest of its record is for the review. */
export interface GameEnd {
  players: (GamePlayer | null)[];
  state: { fen?: string };
}

/** Where a game's record is for download. */
export function pgnOf(table: string): string {
  return `/api/v1/games/${table}.pgn`;
}

/** Where the records of all games that fit are for download. */
export function pgnOfAll(name: string, filters: Record<string, string>): string {
  return `/api/v1/${user(name)}/games.pgn${search(filters)}`;
}
