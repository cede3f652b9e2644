import type { LobbyChangeMessage, LobbyMessage, MineMessage } from './lobby';
import type { EventsMessage, PresenceMessage, TableMessage } from './table';

/** What the server says, but for tables and the lobby, and the union of it all. */

export const PROTOCOL = 'kibitz.1';

export type ErrorCode =
  | 'malformed'
  | 'unknown-type'
  | 'too-large'
  | 'too-fast'
  | 'busy'
  | 'not-signed-in'
  | 'not-allowed'
  | 'unknown-table'
  | 'not-your-seat'
  | 'not-your-turn'
  | 'illegal'
  | 'over'
  | 'taken'
  | 'moved'
  | 'wrong'
  | 'confirm'
  | 'not-found'
  | 'changed'
  | 'invalid'
  | 'internal';

export interface User {
  id: string;
  name: string;
  guest: boolean;
  /** Left out for who has none. */
  role?: 'admin' | 'moderator' | 'bot';
}

export interface HelloMessage {
  type: 'hello';
  protocol: string;
  build: string;
  now_at: number;
  user: User | null;
}

export interface PongMessage {
  type: 'pong';
  at: number;
  now_at: number;
}

export interface DoneMessage {
  type: 'done';
  id: string;
  table?: string;
  seq?: number;
  seek?: string;
}

export interface ErrorMessage {
  type: 'error';
  id?: string;
  table?: string;
  code: ErrorCode;
  message: string;
  retry_ms?: number;
}

export interface PairedMessage {
  type: 'paired';
  table: string;
  /** The kind of game; servers before this field leave it out. */
  kind?: string;
  seat: number;
}

export interface ReplacedMessage {
  type: 'replaced';
  table: string;
}

export interface ShutdownMessage {
  type: 'shutdown';
  in_ms: number;
}

export type ServerMessage =
  | HelloMessage
  | PongMessage
  | TableMessage
  | EventsMessage
  | PresenceMessage
  | DoneMessage
  | ErrorMessage
  | PairedMessage
  | ReplacedMessage
  | LobbyMessage
  | LobbyChangeMessage
  | MineMessage
  | ShutdownMessage;

export type ServerType = ServerMessage['type'];
export type ServerMessageOf<T extends ServerType> = Extract<ServerMessage, { type: T }>;
