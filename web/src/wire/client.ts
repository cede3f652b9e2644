import type { ColorChoice } from './lobby';

/** What the client says; the other half of the contract in docs/protocol.md. */

export type ChatPreset = 'hi' | 'gl' | 'hf' | 'u2' | 'gg' | 'wp' | 'ty' | 'gtg';

/** Actions of every table, besides those of its game. */
export type TableAction =
  | { type: 'sit'; seat?: number }
  | { type: 'claim-flag' }
  | { type: 'cancel' }
  | { type: 'decline' }
  | { type: 'claim-win' }
  | { type: 'claim-draw' }
  | { type: 'give-time'; seconds?: number }
  | { type: 'rematch' }
  | { type: 'rematch-decline' }
  | { type: 'chat'; text: string }
  | { type: 'chat'; preset: ChatPreset };

/** An action of a game or of the table. A game's folder has the closed union of its own. */
export type Action = TableAction | { type: string; [field: string]: unknown };

export interface PingMessage {
  type: 'ping';
  at: number;
}

export interface JoinMessage {
  type: 'join';
  table: string;
  after?: number;
  watch?: boolean;
}

export interface LeaveMessage {
  type: 'leave';
  table: string;
  bye?: boolean;
}

export interface ActMessage {
  type: 'act';
  table: string;
  id: string;
  action: Action;
  spent_ms?: number;
  lag_ms?: number;
}

export interface FollowLobbyMessage {
  type: 'lobby';
  on: boolean;
}

export interface PoolMessage {
  type: 'pool';
  id: string;
  control: string;
}

export interface UnpoolMessage {
  type: 'unpool';
  id: string;
}

/** What of a game is chosen before it starts; for chess, see docs/protocol.md. */
export interface Setup {
  variant?: string;
  number?: number;
  fen?: string;
}

export interface SeekMessage {
  type: 'seek';
  id: string;
  kind: string;
  setup: Setup;
  control: string;
  color: ColorChoice;
  rated: boolean;
  min_rating?: number;
  max_rating?: number;
}

export interface UnseekMessage {
  type: 'unseek';
  id: string;
  seek: string;
}

export interface TakeMessage {
  type: 'take';
  id: string;
  seek: string;
}

/** Messages of the lobby that are answered by their id. */
export type LobbyRequest = PoolMessage | UnpoolMessage | SeekMessage | UnseekMessage | TakeMessage;

export type ClientMessage =
  | PingMessage
  | JoinMessage
  | LeaveMessage
  | ActMessage
  | FollowLobbyMessage
  | LobbyRequest;

export type ClientType = ClientMessage['type'];
