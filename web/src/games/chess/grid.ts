import type { Color, SquarePiece } from './rules';
import { destinations, pieceAt, positionOf } from './rules';

/** Walking over the board without seeing it: pure answers for the screen-reader grid. Squares are like `e4`. */

const FILES = 'abcdefgh';

function at(file: number, rank: number): string | undefined {
  const onBoard = file >= 0 && file < 8 && rank >= 0 && rank < 8;
  return onBoard ? `${FILES.charAt(file)}${rank + 1}` : undefined;
}

function fileOf(square: string): number {
  return FILES.indexOf(square.charAt(0));
}

function rankOf(square: string): number {
  return Number(square.charAt(1)) - 1;
}

/** The squares in reading order, for the side that sits below. */
export function squares(below: Color): string[][] {
  const order = [0, 1, 2, 3, 4, 5, 6, 7];
  const down = below === 'white' ? order.toReversed() : order;
  const across = below === 'white' ? order : order.toReversed();
  return down.map((rank) => across.map((file) => `${FILES.charAt(file)}${rank + 1}`));
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The square an arrow key leads to; undefined at the edge of the board, or for another key. */
export function step(square: string, key: string, below: Color): string | undefined {
  const by = STEPS[key];
  if (!by) return undefined;
  const sign = below === 'white' ? 1 : -1;
  return at(fileOf(square) + sign * by[0], rankOf(square) + sign * by[1]);
}

export function isArrow(key: string): boolean {
  return key in STEPS;
}

/** The next square with such a piece of either colour, from a1 to h8 and round again; undefined when there is none. */
export function nextPiece(fen: string, from: string, role: string, backwards: boolean): string | undefined {
  const all = squares('black').flatMap((row) => row.toReversed());
  const start = all.indexOf(from);
  const found = (square: string): boolean => letterOf(pieceAt(fen, square)) === role;
  for (let i = 1; i <= 64; i++) {
    const square = all[(start + (backwards ? 64 - i : i)) % 64];
    if (square !== undefined && found(square)) return square;
  }
  return undefined;
}

const LETTERS: Record<string, string> = { knight: 'n' };

function letterOf(piece: SquarePiece | undefined): string | undefined {
  return piece && (LETTERS[piece.role] ?? piece.role.charAt(0));
}

/** Where the pieces of a colour stand; `role` is a letter, left out for all. */
export function whereAre(fen: string, color: Color, role?: string): { square: string; piece: SquarePiece }[] {
  return squares('white')
    .flat()
    .flatMap((square) => {
      const piece = pieceAt(fen, square);
      if (!piece || piece.color !== color) return [];
      return role === undefined || letterOf(piece) === role ? [{ square, piece }] : [];
    });
}

/** The occupied squares of a file (`e`) or a rank (`4`), from a or 1 upwards. */
export function scan(fen: string, line: string): { square: string; piece: SquarePiece }[] {
  const order = [0, 1, 2, 3, 4, 5, 6, 7];
  const file = FILES.indexOf(line);
  const on = order.map((i) => (file >= 0 ? at(file, i) : at(i, Number(line) - 1)));
  return on.flatMap((square) => {
    const piece = square && pieceAt(fen, square);
    return square && piece ? [{ square, piece }] : [];
  });
}

/** Where the piece on a square may go; empty when it is not its turn. */
export function movesFrom(fen: string, square: string, chess960: boolean, capturesOnly: boolean): string[] {
  const all: string[] = destinations(fen, chess960).get(square as never) ?? [];
  const { turn } = positionOf(fen);
  if (!capturesOnly) return all;
  const enemy = (target: string): boolean => pieceAt(fen, target)?.color === (turn === 'white' ? 'black' : 'white');
  const enPassant = (target: string): boolean =>
    pieceAt(fen, square)?.role === 'pawn' && target.charAt(0) !== square.charAt(0);
  return all.filter((target) => enemy(target) || enPassant(target));
}

const RAYS: [number, number][] = [[0, 1], [1, 1], [1, 0], [1, -1], [0, -1], [-1, -1], [-1, 0], [-1, 1]];

/** The first piece seen from a square in each of the eight directions. */
export function rays(fen: string, from: string): { square: string; piece: SquarePiece }[] {
  return RAYS.flatMap(([file, rank]) => {
    for (let i = 1; i < 8; i++) {
      const square = at(fileOf(from) + i * file, rankOf(from) + i * rank);
      if (square === undefined) return [];
      const piece = pieceAt(fen, square);
      if (piece) return [{ square, piece }];
    }
    return [];
  });
}
