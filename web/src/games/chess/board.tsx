import { effect } from '@preact/signals';
import type { Api } from '@lichess-org/chessground/api';
import type { Key, PieceNode } from '@lichess-org/chessground/types';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { serverNow } from '../../socket';
import { settings } from '../../settings';
import { animates, boardConfig } from './boardconfig';
import { leftAt } from './clock';
import { watchIllegal } from './flash';
import type { Game } from './game';
import { altHeld, roleHeld } from './held';
import type { Live } from './live';
import { mayAnimate, mountBoard } from './mountboard';
import { below } from './orientation';
import { Promotion } from './promotion';

/** The board for eyes and hands. It shows the state, and hands moves to `Live`. */
export function Board({ live }: { live: Live }) {
  const box = useRef<HTMLDivElement>(null);
  const pending = live.game.value?.pending;
  const { cursor, kingFlash } = live.view;
  useEffect(() => (box.current ? mount(box.current, live) : undefined), [live]);
  const past = cursor.value !== null ? 'past' : '';
  return (
    <div class={`board-box coords-${settings.value.coordinates} ${past} ${pending?.held ? 'held' : ''}`}>
      <div class={kingFlash.value % 2 ? 'flash-a' : kingFlash.value > 0 ? 'flash-b' : ''}>
        <div ref={box} class="cg-wrap" aria-hidden="true" />
      </div>
      <Promotion live={live} />
      <BackToLive live={live} class="back-live" />
    </div>
  );
}

/** Ends the look at an older position. It lies on the board where there is room, else beside it. */
export function BackToLive({ live, class: name }: { live: Live; class: string }) {
  const { cursor } = live.view;
  if (cursor.value === null) return null;
  return (
    <button type="button" class={`btn btn-primary ${name}`} onClick={() => (cursor.value = null)}>
      {t('chess.back-to-live')}
    </button>
  );
}

function mount(element: HTMLElement, live: Live): () => void {
  const { board, stop } = mountBoard(element, {
    movable: { free: false, events: { after: (from, to) => moved(live, from, to) } },
    premovable: {
      events: {
        set: (from, to) => (live.view.premove.value = { from, to, role: roleHeld() ?? 'q' }),
        unset: () => (live.view.premove.value = null),
      },
    },
  });
  const stops = [effect(follow(board, live)), effect(() => followPremove(board, live)), watchIllegal(element, board, live)];
  return () => {
    stops.forEach((end) => end());
    stop();
  };
}

function moved(live: Live, from: string, to: string): void {
  const role = roleHeld();
  live.move(from, to, { ask: altHeld(), ...(role !== undefined && { role }) });
}

/** Shows every change of the state; between two of them chessground moves pieces by itself. */
function follow(board: Api, live: Live): () => void {
  let lastAt = -Infinity;
  let coordinates = settings.peek().coordinates !== 'off';
  return () => {
    const game = live.game.value;
    if (!game) return;
    const { view } = live;
    view.redraws.value; // read, so that a refused move is drawn back
    const now = performance.now();
    const animated = mayAnimate() && animates(game, now - lastAt, shortest(game));
    const look = { cursor: view.cursor.value, below: below(live), choosing: view.promotion.value !== null, animated };
    const shapes = game.pending ? [] : board.state.drawable.shapes; // arrows go when the own move is made
    if (!look.choosing) board.set({ ...boardConfig(game, look, settings.value), drawable: { shapes } });
    else board.set({ movable: { dests: new Map() }, premovable: { enabled: false } });
    const shows = settings.value.coordinates !== 'off';
    if (shows !== coordinates) board.redrawAll();
    coordinates = shows;
    fadeUnsent(board, game);
    lastAt = now;
  };
}

/** The piece of a move that waits for the connection is pale. */
function fadeUnsent(board: Api, game: Game): void {
  const to = game.pending?.held ? game.pending.move.uci.slice(2, 4) : undefined;
  board.state.dom.redrawNow();
  for (const piece of board.state.dom.elements.board.querySelectorAll<PieceNode>('piece')) {
    piece.style.opacity = piece.cgKey === to ? '0.6' : '';
  }
}

function shortest(game: Game): number {
  const { clocks } = game;
  return clocks ? Math.min(...clocks.left_ms.map((_, seat) => leftAt(clocks, seat, serverNow()))) : Infinity;
}

/** A premove cancelled by a key, or played, goes from the board; while an older position is shown it is hidden. */
function followPremove(board: Api, live: Live): void {
  const { premove, cursor } = live.view;
  const shown = cursor.value === null ? premove.value : null;
  if (shown) board.state.premovable.current = [shown.from as Key, shown.to as Key];
  else delete board.state.premovable.current;
  board.state.dom.redraw();
}
