import { call } from '../../../api';
import type { Result } from '../wire';
import { analysisOf, recordOf, reportOf } from './foreign';
import type { MoveClass, Score } from './winning';

/** Games that are over, as this page has them, and the requests for them. Every request rejects with `Refused`. */

/** Who played, with the rating before the game. */
export interface GamePlayer {
  name: string;
  user?: string;
  guest?: boolean;
  house?: number;
  bot?: boolean;
  rating?: number;
  provisional?: boolean;
  /** What the game did to the rating; rated games only. */
  diff?: number;
}

export interface GameMove {
  uci: string;
  san: string;
  /** The time charged for it; undefined when unknown. */
  spentMs: number | undefined;
  /** The mover's clock after it; undefined in a game without clocks. */
  leftMs: number | undefined;
}

export interface GameRecord {
  table: string;
  /** Still played: nothing may be analysed. */
  running: boolean;
  /** Brought here from elsewhere: nobody's game on this server. */
  imported: boolean;
  /** By seat. */
  players: GamePlayer[];
  variant: string;
  speed: string;
  rated: boolean;
  /** As the protocol writes it: `3+2`, or `unlimited`. */
  control: string;
  clock: { initial_ms: number; increment_ms: number; days?: number } | null;
  createdAt: number;
  initialFen: string;
  moves: GameMove[];
  opening: { eco: string; name: string } | null;
  result: Result | null;
}

/** What an engine thinks of one position. */
export interface PositionEval extends Score {
  /** The best move there, and the line from there on; moves of UCI, as in the game. */
  best?: string;
  pv?: string[];
  /** Of the move that led to the position. */
  class?: MoveClass;
}

/** How well one side played. */
export interface Side {
  /** In percent; null for who never moved. */
  accuracy: number | null;
  inaccuracy: number;
  mistake: number;
  blunder: number;
}

/** How far the review of a game is. */
export interface Analysis {
  state: 'none' | 'queued' | 'running' | 'done' | 'failed';
  /** The host has an engine that can be asked. */
  server: boolean;
  /** I asked for the one that is queued or running, and may take that back. */
  mine: boolean;
  /** In the queue; 1 is next. */
  position?: number;
  /** Positions done, of all. */
  n?: number;
  of?: number;
  engine?: string;
  /** For each position. */
  nodes?: number;
  by?: 'server' | 'client';
  /** One more than there are moves: the start position is the first. Null where nothing is known yet. */
  plies?: (PositionEval | null)[];
  /** By seat. */
  sides?: Side[];
  /** Why it failed. */
  why?: string;
}

/** What a browser found out. */
export interface OwnReport {
  engine: string;
  nodes: number;
  /** Of every position, without classes. */
  plies: readonly PositionEval[];
}

const game = (table: string): string => `games/${encodeURIComponent(table)}`;

export const reviewApi = {
  game: async (table: string): Promise<GameRecord> => recordOf(await call('GET', game(table))),
  analysis: async (table: string, moves: readonly GameMove[]): Promise<Analysis> => analysisOf(await call('GET', `${game(table)}/analysis`), moves),
  ask: async (table: string, moves: readonly GameMove[]): Promise<Analysis> => analysisOf(await call('POST', `${game(table)}/analysis`), moves),
  takeBack: (table: string): Promise<unknown> => call('DELETE', `${game(table)}/analysis`),
  give: (table: string, report: OwnReport): Promise<unknown> => call('PUT', `${game(table)}/analysis`, reportOf(report)),
};

/** Where the game's record is for download. */
export function pgnUrl(table: string, evals: boolean): string {
  return `/api/v1/${game(table)}.pgn?evals=${evals}`;
}
