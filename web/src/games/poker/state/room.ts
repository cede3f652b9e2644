import type { ChatLine, Clocks, Deadline, Player, Seat, SeatPresence, TableInfo } from '../../../wire';
import type { Chair, Finished, Stakes } from '../wire';
import type { Hand } from './hand';

/** What a player is told in words, once. `serial` grows, so that the same words twice are two notices. */
export interface Notice {
  serial: number;
  text: string;
}

/** Somebody who waits for a seat or for a yes. */
export interface Waiting {
  user: string;
  name: string;
}

/** A seat that is kept for the first of the waiting list. */
export interface Kept {
  seat?: number;
  user: string;
  until: number;
}


/** Besides the bank (`initial_ms`), how much time each action has of its own. */
export interface BankControl {
  initial_ms: number;
  increment_ms: number;
  delay_ms?: number;
}

/** What a table of poker tells of itself besides what every table does. */
export interface RoomInfo extends Omit<TableInfo, 'control'> {
  control: BankControl | null;
  owner?: string;
  paused?: boolean;
  approval?: boolean;
  asked?: Waiting[];
  waiting_list?: Waiting[];
  kept?: Kept | null;
}

/** Clocks where each action has time of its own, before the bank of the seat runs. */
export interface BankClocks extends Clocks {
  /** What was left of the free time at `at`. */
  delay_ms?: number;
}

/** All that a page knows of one table. Immutable; made new by `reduce`. */
export interface Room {
  table: string;
  /** The last number shown. */
  seq: number;
  /** A number was missing: ask for the table again. */
  stale: boolean;
  you: Seat;
  /** The seat this tab had before another tab took it. */
  lostSeat: Seat;
  closed: boolean;
  seats: (Player | null)[];
  info: RoomInfo;
  stakes: Stakes;
  /** Counts the hands from 1; 0 before the first. */
  number: number;
  button: number | null;
  chairs: Chair[];
  hand: Hand | null;
  result: Finished | null;
  clocks: BankClocks | null;
  deadline: Deadline | null;
  chat: ChatLine[];
  presence: SeatPresence[];
  watchers: number;
  /** Types of the actions that were sent and are not answered. */
  sending: string[];
  notice: Notice;
  /** Who was placed in a tournament, first to go first. */
  placed: { seat: number; place: number; prize: number; name: string }[];
  /** From 1 where blinds go up; ends and breaks in Unix ms, 0 when there is none. */
  level: number;
  levelUntil: number;
  breakUntil: number;
  prizes: number[];
}
