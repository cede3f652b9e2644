import type { Color } from '../rules';
import { positionOf } from '../rules';

/** When a game leaves its opening, and when it becomes an endgame: by what stands on the board. */

export interface Phases {
  /** The first half-move of the middlegame; undefined when it never came to that. */
  middle?: number;
  /** The first half-move of the endgame. */
  end?: number;
}

/** So many queens, rooks, bishops and knights at most: no opening any more, and an endgame. */
const MIDDLE = 10;
const END = 6;
/** Fewer own men than this on the first rank: the pieces are out. */
const HOME = 4;

export function phasesOf(fens: readonly string[]): Phases {
  const middle = fens.findIndex((fen) => officers(fen) <= MIDDLE || leftHome(fen, 'white') || leftHome(fen, 'black'));
  if (middle < 0) return {};
  const end = fens.findIndex((fen, ply) => ply >= middle && officers(fen) <= END);
  return { middle, ...(end >= 0 && { end }) };
}

function officers(fen: string): number {
  const { occupied, pawn, king } = positionOf(fen).board;
  return occupied.diff(pawn).diff(king).size();
}

function leftHome(fen: string, color: Color): boolean {
  let men = 0;
  for (const square of positionOf(fen).board[color]) if (square >> 3 === (color === 'white' ? 0 : 7)) men += 1;
  return men < HOME;
}
