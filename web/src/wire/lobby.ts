import type { Clocks, Speed } from './table';

/** What the server says about the lobby. */

export interface Pool {
  control: string;
  waiting: number;
}

export type ColorChoice = 'white' | 'black' | 'random';

export interface Seek {
  seek: string;
  name: string;
  /** A program plays. */
  bot?: boolean;
  mine: boolean;
  kind: string;
  variant: string;
  control: string;
  speed: Speed;
  color: ColorChoice;
  rated: boolean;
  rating: number | null;
  provisional?: boolean;
  /** Who may take it, by rating; left out or null without a limit. */
  min_rating?: number | null;
  max_rating?: number | null;
}

export interface LobbyMessage {
  type: 'lobby';
  online: number;
  playing: number;
  pools: Pool[];
  seeks: Seek[];
}

export interface LobbyChangeMessage {
  type: 'lobby-change';
  online?: number;
  playing?: number;
  pools?: Pool[];
  added?: Seek[];
  removed?: string[];
}

export interface MyTable {
  table: string;
  kind: string;
  seat: number;
  my_turn: boolean;
  waiting: boolean;
  /** Who plays me, or is asked to; empty while anybody may come. */
  opponent: string;
  /** I am asked to take `seat`, in a game of that control; `control` is also there where a turn has days. */
  invited?: boolean;
  control?: string;
  rated?: boolean;
  fen?: string;
  clocks: Clocks | null;
}

export interface MineMessage {
  type: 'mine';
  tables: MyTable[];
}
