import type { Api } from '@lichess-org/chessground/api';
import type { Key } from '@lichess-org/chessground/types';
import type { Live } from './live';
import { positionOf } from './rules';
import { isMyTurn, liveFen } from './select';

/** Flashes the king when the player in check tries a move that leaves it there. The answer stops watching. */
export function watchIllegal(element: HTMLElement, board: Api, live: Live): () => void {
  const look = (event: PointerEvent): void => {
    const from = event.type === 'pointerup' ? board.state.draggable.current?.orig : board.state.selected;
    const to = board.getKeyAtDomPos([event.clientX, event.clientY]);
    if (from && to && from !== to && isRefused(board, from, to) && inCheck(live)) live.view.kingFlash.value += 1;
  };
  element.addEventListener('pointerdown', look, true);
  addEventListener('pointerup', look, true);
  return () => {
    element.removeEventListener('pointerdown', look, true);
    removeEventListener('pointerup', look, true);
  };
}

function isRefused(board: Api, from: Key, to: Key): boolean {
  const { movable, pieces } = board.state;
  const own = pieces.get(to)?.color === movable.color;
  return pieces.get(from)?.color === movable.color && !own && !movable.dests?.get(from)?.includes(to);
}

function inCheck(live: Live): boolean {
  const game = live.game.value;
  return !!game && live.view.cursor.value === null && isMyTurn(game) && positionOf(liveFen(game)).isCheck();
}
