import type { TableMessage } from '../../wire';

/** The chess part of docs/protocol.md: what `unknown` in the common messages is for this game. */

export type Status =
  | 'mate'
  | 'resign'
  | 'stalemate'
  | 'timeout'
  | 'draw'
  | 'outoftime'
  | 'aborted'
  | 'nostart'
  | 'insufficient';

export type DrawReason =
  | 'agreement'
  | 'threefold'
  | 'fivefold'
  | 'fifty-moves'
  | 'seventy-five-moves'
  | 'dead-position'
  | 'ply-limit';

export interface Result {
  status: Status;
  /** The seat that won; null when nobody did. */
  winner: number | null;
  reason?: DrawReason;
}

/** `state` of a `table` message. */
export interface ChessView {
  variant: string;
  initial_fen: string;
  fen: string;
  moves: { uci: string; san: string }[];
  draw_offered_by: number | null;
  takeback_asked_by: number | null;
  can_claim_draw: boolean;
  can_abort: boolean;
  takebacks: boolean;
  /** The game may not be called off, however young. */
  no_abort?: boolean;
  /** The first ply at which a draw may be offered, where early ones are not wanted. */
  draw_from?: number;
  result: Result | null;
}

export type ChessTable = TableMessage<ChessView>;

/** Actions of chess; those of every table are in wire-client.ts. */
export type ChessAction =
  | { type: 'move'; uci: string }
  | { type: 'resign' | 'abort' | 'draw' | 'draw-decline' | 'draw-claim' | 'takeback' | 'takeback-decline' };

/** Events as they reach a viewer, each with its `view`. */
export type ChessEventBody =
  | { type: 'move'; view: MoveView }
  | { type: 'draw-offered' | 'draw-declined' | 'takeback-asked' | 'takeback-declined'; view: { by: number } }
  | { type: 'takeback'; view: { ply: number } }
  | { type: 'ended'; view: Result };

export interface MoveView {
  /** Of the position reached: 1 after White's first move. */
  ply: number;
  uci: string;
  san: string;
  check?: boolean;
  can_claim_draw?: boolean;
}
