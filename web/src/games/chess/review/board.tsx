import { effect } from '@preact/signals';
import type { Api } from '@lichess-org/chessground/api';
import type { Config } from '@lichess-org/chessground/config';
import type { DrawShape } from '@lichess-org/chessground/draw';
import type { Key } from '@lichess-org/chessground/types';
import { useEffect, useRef } from 'preact/hooks';
import { settings } from '../../../settings';
import { mayAnimate, mountBoard, promotionChoice } from '../mountboard';
import { destinations, turnOf } from '../rules';
import type { Review } from './review';
import { nodeOf } from './tree';
import { evalOf } from './words';

/** The board of a review: both colours move, along the game or away from it. */
export function ReviewBoard({ review }: { review: Review }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? mount(box.current, review) : undefined), [review]);
  const ask = review.promotion.value;
  return (
    <div class={`board-box coords-${settings.value.coordinates}`}>
      <div>
        <div ref={box} class="cg-wrap" aria-hidden="true" />
      </div>
      {ask && (
        <promotionChoice.View
          to={ask.to}
          color={turnOf(nodeOf(review.tree.value, review.at.value).fen)}
          below={review.below.value}
          onPick={(role) => {
            review.promotion.value = null;
            review.move(ask.from, ask.to, role);
          }}
          onCancel={() => review.cancelPromotion()}
        />
      )}
    </div>
  );
}

function mount(element: HTMLElement, review: Review): () => void {
  const { board, stop } = mountBoard(element, {
    movable: { free: false, events: { after: (from, to) => review.move(from, to) } },
    premovable: { enabled: false },
  });
  const end = effect(follow(board, review));
  const arrows = effect(() => board.setAutoShapes(shapes(review)));
  const wheel = (event: WheelEvent): void => onWheel(review, event);
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('wheel', wheel);
    arrows();
    end();
    stop();
  };
}

function follow(board: Api, review: Review): () => void {
  let coordinates = settings.peek().coordinates !== 'off';
  let shown = review.node.peek();
  return () => {
    review.redraws.value; // read, so that a refused move is drawn back
    const node = review.node.value;
    // Only a step to a neighbour slides: over a leap the eye could not follow.
    const near = node.parent === shown.id || shown.parent === node.id;
    board.set({ ...configOf(review), animation: { enabled: near && mayAnimate(), duration: 160 }, drawable: { shapes: [] } });
    shown = node;
    const shows = settings.value.coordinates !== 'off';
    if (shows !== coordinates) board.redrawAll();
    coordinates = shows;
  };
}

function configOf(review: Review): Config {
  const { fen, move } = review.node.value;
  const { showDests, showLastMove, showCheck, coordinates } = settings.value;
  const choosing = review.promotion.value !== null || review.peek.value !== null;
  const color = turnOf(fen);
  return {
    fen,
    orientation: review.below.value,
    turnColor: color,
    lastMove: move ? [move.uci.slice(0, 2) as Key, move.uci.slice(2, 4) as Key] : [],
    check: move?.check ?? false,
    coordinates: coordinates !== 'off',
    highlight: { lastMove: showLastMove, check: showCheck },
    movable: { free: false, color, dests: choosing ? new Map() : destinations(fen, review.chess960), showDests, rookCastle: true },
  };
}

/** The best move as an arrow: of the engine that thinks here, paler the second best; else of the stored analysis. */
function shapes(review: Review): DrawShape[] {
  const node = review.node.value;
  const { local } = review;
  if (local.state.value === 'on') {
    if (local.fen.value !== node.fen) return [];
    return local.lines.value.flatMap(({ rank, pv }) => arrow(pv[0], rank === 1 ? 'green' : 'paleBlue')).slice(0, 3);
  }
  return arrow(evalOf(review.analysis, node)?.best, 'paleGreen');
}

function arrow(uci: string | undefined, brush: string): DrawShape[] {
  return uci ? [{ orig: uci.slice(0, 2) as Key, dest: uci.slice(2, 4) as Key, brush }] : [];
}

function onWheel(review: Review, event: WheelEvent): void {
  if (!settings.value.wheelPly || event.ctrlKey || event.deltaY === 0) return;
  event.preventDefault();
  review.step(event.deltaY < 0 ? 'back' : 'forward');
}
