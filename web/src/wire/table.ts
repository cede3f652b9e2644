/**
 * The messages of `kibitz.1`, as docs/protocol.md has them. Times that end in `_ms` are lengths in milliseconds,
 * those that end in `at` are Unix milliseconds by the server's clock. What belongs to one game is `unknown` here;
 * that game's own folder knows its shape.
 */

/** A seat counts from 0; null is nobody. In chess, White is 0 and Black is 1. */
export type Seat = number | null;

/** Who sits on a seat. `house` is the level of a house player, and only those have one. */
export interface Player {
  name: string;
  user: string;
  guest?: boolean;
  house?: number;
  /** An account whose moves a program makes. */
  bot?: boolean;
  /** When they sat down; left out for who has none. */
  rating?: number;
  provisional?: boolean;
}

export interface Clocks {
  left_ms: number[];
  running: Seat;
  /** The server came back after an outage, and the clock waits for its player. */
  held: boolean;
  /** When `left_ms` was true, by the server's clock. */
  at: number;
}

export interface Deadline {
  seat: number;
  at: number;
  why: string;
}

export type Speed = string;

export interface TimeControl {
  initial_ms: number;
  increment_ms: number;
  /** Every turn has so many days by itself; the others are then 0. */
  days?: number;
}

export interface TableInfo {
  origin: string;
  rated: boolean;
  /** Null when the game is played without clocks. */
  control: TimeControl | null;
  speed: Speed;
  created_at: number;
  /** The game this one is the rematch of. */
  prior?: string;
  /** What the players may not do. */
  rules?: { no_rematch?: boolean; no_give_time?: boolean; no_claim_win?: boolean };
  /** For whom the free seat is kept. */
  invited?: Player;
}

export interface ChatLine {
  seq: number;
  at: number;
  room: string;
  name: string;
  text: string;
}

export interface Rematch {
  offered_by: Seat;
  table: string | null;
}

/** `S` is the game's own view of its state. */
export interface TableMessage<S = unknown> {
  type: 'table';
  table: string;
  kind: string;
  seq: number;
  you: Seat;
  waiting: boolean;
  /** Given up: nobody came, or who was asked declined. */
  closed?: boolean;
  seats: (Player | null)[];
  info: TableInfo;
  state: S;
  spent_ms: number[];
  clocks: Clocks | null;
  deadline: Deadline | null;
  rematch: Rematch;
  chat: ChatLine[];
}

/** Events of every table, whatever its game. */
export type TableEventBody =
  | { type: 'table.created'; view: Record<string, never> }
  | { type: 'table.seated'; view: { seat: number; player: Player } }
  | { type: 'table.gave-time'; view: { to: number; ms: number } }
  | { type: 'table.held'; view: Record<string, never> }
  | { type: 'table.released'; view: Record<string, never> }
  | { type: 'table.chat'; view: { room: string; name: string; text: string } }
  | { type: 'table.rematch-offered'; view: { by: number } }
  | { type: 'table.rematch-declined'; view: { by: number } }
  | { type: 'table.rematch'; view: { table: string } }
  | { type: 'table.expired'; view: Record<string, never> };

/** One numbered event. Without a `type` it is one that this viewer may not know: only its number counts. */
export interface TableEvent {
  seq: number;
  at?: number;
  seat?: Seat;
  spent_ms?: number;
  type?: string;
  view?: unknown;
}

export interface EventsMessage {
  type: 'events';
  table: string;
  /** The id of my own action that caused these. */
  ack?: string;
  events: TableEvent[];
  clocks: Clocks | null;
  deadline: Deadline | null;
}

export interface SeatPresence {
  state: 'online' | 'away' | 'free';
  /** From then on an opponent may claim. */
  claim_at?: number;
}

export interface PresenceMessage {
  type: 'presence';
  table: string;
  seats: SeatPresence[];
  watchers: number;
}
