import type { Color } from '../rules';
import type { Score } from './winning';

/** What a UCI engine says, read line by line. */

/** One of its best lines, as an `info` line gives it. */
export interface EngineLine {
  /** 1 is the best. */
  rank: number;
  depth: number;
  /** From White's side. */
  score: Score;
  /** Moves in UCI notation; may be empty. */
  pv: string[];
  nodes: number;
  /** Nodes a second. */
  nps: number;
  /** The true score is better or worse than this one: not final. */
  bound: boolean;
}

export type EngineMessage =
  | { type: 'uciok' | 'readyok' }
  | { type: 'line'; line: EngineLine }
  | { type: 'bestmove'; move: string | null };

/** A line of the engine's output; undefined for what nobody needs. `toMove` is whose turn it is in the position searched. */
export function parseUci(text: string, toMove: Color): EngineMessage | undefined {
  const words = text.trim().split(/\s+/);
  switch (words[0]) {
    case 'uciok':
    case 'readyok':
      return { type: words[0] };
    case 'bestmove':
      return { type: 'bestmove', move: words[1] === undefined || words[1] === '(none)' ? null : words[1] };
    case 'info':
      return parseInfo(words, toMove);
    default:
      return undefined;
  }
}

function parseInfo(words: readonly string[], toMove: Color): EngineMessage | undefined {
  const numberAfter = (name: string, missing: number): number => {
    const at = words.indexOf(name);
    const value = at < 0 ? NaN : Number(words[at + 1]);
    return Number.isFinite(value) ? value : missing;
  };
  const score = parseScore(words, toMove);
  if (!score || words[1] === 'string') return undefined;
  const pv = words.indexOf('pv');
  return {
    type: 'line',
    line: {
      rank: numberAfter('multipv', 1),
      depth: numberAfter('depth', 0),
      score,
      pv: pv < 0 ? [] : words.slice(pv + 1),
      nodes: numberAfter('nodes', 0),
      nps: numberAfter('nps', 0),
      bound: words.includes('lowerbound') || words.includes('upperbound'),
    },
  };
}

/** Engines speak from the side to move. */
function parseScore(words: readonly string[], toMove: Color): Score | undefined {
  const at = words.indexOf('score');
  const kind = words[at + 1];
  const value = Number(words[at + 2]);
  if (at < 0 || words[at + 2] === undefined || !Number.isInteger(value)) return undefined;
  const forWhite = value === 0 ? 0 : toMove === 'white' ? value : -value;
  if (kind === 'cp') return { cp: forWhite };
  return kind === 'mate' ? { mate: forWhite } : undefined;
}
