import { Chess, castlingSide, normalizeMove } from 'chessops/chess';
import { chessgroundDests } from 'chessops/compat';
import { makeFen, parseFen } from 'chessops/fen';
import { makeSanAndPlay, parseSan } from 'chessops/san';
import type { NormalMove, Role, SquareName } from 'chessops/types';
import { isNormal } from 'chessops/types';
import { kingCastlesTo, makeUci, parseSquare, parseUci, squareRank } from 'chessops/util';

/** The only door to the rules: what the browser needs to know of chess before the server has answered. */

export type Color = 'white' | 'black';

/** One half-move and the position after it. */
export interface Ply {
  uci: string;
  san: string;
  fen: string;
  check: boolean;
  capture: boolean;
}

let last: { fen: string; position: Chess } | undefined;

/** The position of a FEN, not to be changed by the caller. Throws on a FEN that no game of chess can have. */
export function positionOf(fen: string): Chess {
  if (last?.fen !== fen) {
    const setup = parseFen(fen).unwrap();
    last = { fen, position: Chess.fromSetup(setup).unwrap() };
  }
  return last.position;
}

export function turnOf(fen: string): Color {
  return fen.split(' ')[1] === 'b' ? 'black' : 'white';
}

/** What a move leads to; undefined when it is not legal there. */
export function play(fen: string, uci: string): Ply | undefined {
  const before = positionOf(fen);
  const move = parseUci(uci);
  if (!move || !isNormal(move) || !before.isLegal(move)) return undefined;
  const after = before.clone();
  const capture = isCapture(before, move);
  const san = makeSanAndPlay(after, move);
  const next = makeFen(after.toSetup());
  last = { fen: next, position: after };
  return { uci, san, fen: next, check: after.isCheck(), capture };
}

function isCapture(position: Chess, move: NormalMove): boolean {
  if (castlingSide(position, move)) return false;
  if (position.board.has(move.to)) return true;
  return position.board.pawn.has(move.from) && move.from % 8 !== move.to % 8;
}

/** Legal destinations by origin. In Chess960 the king castles only by taking its own rook. */
export function destinations(fen: string, chess960: boolean): Map<SquareName, SquareName[]> {
  return chessgroundDests(positionOf(fen), { chess960 });
}

/** Whether this move of a pawn needs a piece to promote to before it can be played. */
export function promotes(fen: string, from: string, to: string): boolean {
  const origin = parseSquare(from);
  const target = parseSquare(to);
  if (origin === undefined || target === undefined) return false;
  const rank = squareRank(target);
  return positionOf(fen).board.pawn.has(origin) && (rank === 0 || rank === 7);
}

/**
 * The one spelling of a legal move that the server is told: castling as the king's step in standard chess and as king
 * takes rook in Chess960. Undefined when the move is not legal.
 */
export function canonical(fen: string, uci: string, chess960: boolean): string | undefined {
  const position = positionOf(fen);
  const move = parseUci(uci);
  if (!move || !isNormal(move) || !position.isLegal(move)) return undefined;
  const side = castlingSide(position, move);
  if (!side) return makeUci(move);
  if (chess960) return makeUci(normalizeMove(position, move));
  return makeUci({ from: move.from, to: kingCastlesTo(position.turn, side) });
}

/** A legal move from its SAN, or undefined; SAN as the standard has it, no leniency here. */
export function fromSan(fen: string, san: string): string | undefined {
  const move = parseSan(positionOf(fen), san);
  return move ? makeUci(move) : undefined;
}

export interface SquarePiece {
  color: Color;
  role: Role;
}

/** The piece on a square, or undefined. */
export function pieceAt(fen: string, square: string): SquarePiece | undefined {
  const index = parseSquare(square);
  return index === undefined ? undefined : positionOf(fen).board.get(index);
}
