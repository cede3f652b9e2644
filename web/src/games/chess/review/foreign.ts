import type { Result } from '../wire';
import type { Analysis, GameMove, GamePlayer, GameRecord, OwnReport, PositionEval, Side } from './api';
import type { MoveClass, Score } from './winning';

/** The shapes of docs/api.md, and the way from and to those of this page. */

export interface ApiGame {
  table: string;
  variant: string;
  speed: string;
  control: string;
  clock?: { initial_ms: number; increment_ms: number } | null;
  rated: boolean;
  running: boolean;
  source?: string;
  created_at: number;
  players: GamePlayer[];
  state: { initial_fen: string; moves?: { uci: string; san: string }[] | null; result?: Result | null };
  spent_ms?: number[] | null;
  left_ms?: number[] | null;
  opening?: { eco: string; name: string } | null;
}

export interface ApiPly extends Score {
  /** What should have been played instead; left out when it was played. */
  best?: string;
  /** From the position before the ply. */
  pv?: string[];
  class?: MoveClass;
}

export interface ApiReport {
  by: 'server' | 'client';
  engine: string;
  nodes: number;
  start: Score;
  plies: ApiPly[];
  sides?: Side[] | null;
}

export interface ApiReview {
  status: Analysis['state'];
  engine?: boolean;
  mine?: boolean;
  ahead?: number;
  done?: number;
  plies?: number;
  why?: string;
  report?: ApiReport | null;
}

export function recordOf(game: ApiGame): GameRecord {
  const { table, running, players, variant, speed, rated, control, state } = game;
  return {
    table,
    running,
    imported: game.source === 'import',
    players,
    variant,
    speed,
    rated,
    control,
    clock: game.clock ?? null,
    createdAt: game.created_at,
    initialFen: state.initial_fen,
    moves: (state.moves ?? []).map((move, ply) => ({ ...move, spentMs: game.spent_ms?.[ply], leftMs: game.left_ms?.[ply] })),
    opening: game.opening ?? null,
    result: state.result ?? null,
  };
}

export function analysisOf(review: ApiReview, moves: readonly GameMove[]): Analysis {
  const { status, engine = false, mine = false, report } = review;
  return {
    state: status,
    server: engine,
    mine,
    ...(review.ahead !== undefined && { position: review.ahead + 1 }),
    ...(review.done !== undefined && { n: review.done }),
    ...(review.plies !== undefined && { of: review.plies }),
    ...(review.why !== undefined && { why: review.why }),
    ...(report && reported(report, moves)),
  };
}

function reported(report: ApiReport, moves: readonly GameMove[]): Partial<Analysis> {
  const { by, engine, nodes, start, plies, sides } = report;
  const scores: (ApiPly | undefined)[] = [start, ...plies];
  return { by, engine, nodes, plies: scores.map((ply, i) => positionOf(ply, plies[i], moves[i])), ...(sides && { sides }) };
}

/** What is best in a position is told with the ply that was played there, and left out when it was that ply itself. */
function positionOf(reached: ApiPly | undefined, left: ApiPly | undefined, played: GameMove | undefined): PositionEval | null {
  if (!reached) return null;
  const best = left?.best ?? (left && played?.uci);
  const pv = left?.pv ?? (best === undefined ? undefined : [best]);
  return { ...scoreOf(reached), ...(reached.class && { class: reached.class }), ...(best !== undefined && { best }), ...(pv && { pv }) };
}

/** A game that is over by mate has neither of both. */
function scoreOf({ cp, mate }: Score): Score {
  if (typeof mate === 'number') return { mate };
  return typeof cp === 'number' ? { cp } : { mate: 0 };
}

/** The report of this browser as the server takes it. */
export function reportOf({ engine, nodes, plies }: OwnReport): Pick<ApiReport, 'engine' | 'nodes' | 'start' | 'plies'> {
  const [start, ...rest] = plies.map(({ cp, mate }) => (mate === 0 ? {} : mate === undefined ? { cp: cp ?? 0 } : { mate }));
  return {
    engine,
    nodes,
    start: start ?? {},
    plies: rest.map((score, i) => {
      const { best, pv } = plies[i] ?? {};
      return { ...score, ...(best !== undefined && { best }), ...(pv && { pv }) };
    }),
  };
}
