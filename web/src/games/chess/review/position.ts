import { Chess } from 'chessops/chess';
import { makeFen, parseFen } from 'chessops/fen';
import { positionOf } from '../rules';

/** What only a review asks of a position. */

export const START_FEN = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';

/** How a position ends the game by itself; undefined while there is something to play. Repetitions are not seen. */
export function outcomeOf(fen: string): 'mate' | 'draw' | undefined {
  const position = positionOf(fen);
  if (position.isCheckmate()) return 'mate';
  return position.isEnd() ? 'draw' : undefined;
}

/** A FEN with all its parts, as this page writes them; undefined for what no game of chess can have. */
export function normalFen(text: string): string | undefined {
  return parseFen(text.trim()).chain((setup) => Chess.fromSetup(setup)).unwrap(
    (position) => makeFen(position.toSetup()),
    () => undefined,
  );
}
