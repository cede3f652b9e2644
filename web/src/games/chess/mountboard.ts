import { Chessground } from '@lichess-org/chessground';
import type { Api } from '@lichess-org/chessground/api';
import type { Config } from '@lichess-org/chessground/config';
import { settings } from '../../settings';
import { lazy } from '../../ui/lazy';

/** The choice of a piece: fetched when a board is there, as there is none to choose before the first pawn arrives. */
export const promotionChoice = lazy(() => import('./promotionchoice').then(({ PromotionChoice }) => PromotionChoice));

export interface Mounted {
  board: Api;
  stop: () => void;
}

/** Puts a board into an element, as every page of chess has it; it follows the element's size until it is stopped. */
export function mountBoard(element: HTMLElement, config: Config): Mounted {
  const board = Chessground(element, {
    fen: '8/8/8/8/8/8/8/8', // until the position is known
    draggable: { showGhost: true, distance: 3 },
    disableContextMenu: true,
    blockTouchScroll: true,
    ...config,
  });
  promotionChoice.prefetch();
  const observer = new ResizeObserver(() => board.redrawAll());
  observer.observe(element);
  const stop = (): void => {
    observer.disconnect();
    board.destroy();
  };
  return { board, stop };
}

/** Whether pieces may slide at all. */
export function mayAnimate(): boolean {
  return settings.value.animation && !settings.value.reduceMotion && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}
