import type { ChatLine, Clocks, Deadline, Player, Seat, SeatPresence, TableAction, TableInfo } from '../../wire';
import type { Ply } from './rules';
import type { ChessAction, Result } from './wire';

export type GameAction = ChessAction | TableAction;

/** The own move on its way, shown before the server has confirmed it. */
export interface PendingMove {
  /** How many plies were played before it. It is stale as soon as there are more. */
  ply: number;
  move: Ply;
  /** The time the player thought, by this browser's clock; 0 for a premove. */
  spentMs: number;
  /** When it was made, by the server's clock: from then on the own clock stands still on this screen. */
  at: number;
  /** Given while there was no connection: not sent yet, and shown as such. */
  held: boolean;
}

/** What a player is told in words, once. `serial` grows, so that the same words twice are two notices. */
export interface Notice {
  serial: number;
  text: string;
}

/** A ply as the table has it: with the time charged for it, null when unknown. */
export interface PlayedPly extends Ply {
  spentMs: number | null;
}

/** All that a page knows of one table. Immutable; made new by `reduce`. */
export interface Game {
  table: string;
  /** The last number shown. */
  seq: number;
  /** A number was missing, or a move could not be followed: ask for the table again. */
  stale: boolean;
  you: Seat;
  /** The seat this tab had before another tab took it. */
  lostSeat: Seat;
  waiting: boolean;
  /** Given up before it began. */
  closed: boolean;
  seats: (Player | null)[];
  info: TableInfo;
  variant: string;
  initialFen: string;
  plies: PlayedPly[];
  drawBy: Seat;
  takebackBy: Seat;
  canClaimDraw: boolean;
  takebacks: boolean;
  noAbort: boolean;
  /** The first ply at which a draw may be offered. */
  drawFrom: number;
  result: Result | null;
  clocks: Clocks | null;
  deadline: Deadline | null;
  rematchBy: Seat;
  rematchTable: string | null;
  chat: ChatLine[];
  presence: SeatPresence[];
  watchers: number;
  pending: PendingMove | null;
  /** Types of the actions that were sent and are not answered. */
  sending: string[];
  notice: Notice;
}
