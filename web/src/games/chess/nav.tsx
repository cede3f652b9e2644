import { t } from '../../i18n';
import { settings } from '../../settings';
import { announce } from '../../ui/live';
import { useShortcuts } from '../../ui/shortcuts';
import { clocksText } from './facts';
import type { Live } from './live';
import { shownPlies } from './select';
import { Walk } from './walk';
import type { Step } from './walk';

/** Looks at another ply; at the last one the view follows the game again. */
export function go(live: Live, step: Step): void {
  const game = live.game.value;
  if (!game) return;
  const end = shownPlies(game).length;
  const at = live.view.cursor.value ?? end;
  const to = { first: 0, back: at - 1, forward: at + 1, last: end }[step];
  live.view.cursor.value = to >= end ? null : Math.max(0, to);
}

export function Nav({ live }: { live: Live }) {
  const game = live.game.value;
  const end = game ? shownPlies(game).length : 0;
  const at = live.view.cursor.value ?? end;
  return <Walk atStart={at === 0} atEnd={at === end} onStep={(step) => go(live, step)} onFlip={() => flip(live)} />;
}

export function flip(live: Live): void {
  live.view.flipped.value = !live.view.flipped.value;
}

/** The keys of the game page; the shell lists them under `?`. */
export function useGameKeys(live: Live): void {
  const { view } = live;
  const walk = (keys: string, step: Step) => ({ keys, label: t(`chess.nav.${step}`), run: () => go(live, step) });
  useShortcuts(
    [
      walk('ArrowLeft', 'back'),
      walk('ArrowRight', 'forward'),
      walk('ArrowUp', 'first'),
      walk('ArrowDown', 'last'),
      walk('Home', 'first'),
      walk('End', 'last'),
      { keys: 'f', label: t('chess.flip'), run: () => flip(live) },
      { keys: 'z', label: t('chess.zen'), run: () => (view.zen.value = !view.zen.value) },
      { keys: 't', label: t('chess.key.time'), run: () => sayClocks(live) },
      { keys: 'i', label: t('chess.key.input'), run: () => document.getElementById('move-input')?.focus() },
      { keys: 'Escape', label: t('chess.key.escape'), run: () => escape(live) },
    ],
    [live],
  );
}

function sayClocks(live: Live): void {
  if (live.game.value) announce(clocksText(live.game.value));
}

/** Leaves the topmost of what is open. */
function escape(live: Live): void {
  const { view } = live;
  if (view.promotion.value) live.cancelPromotion();
  else if (view.premove.value) view.premove.value = null;
  else if (view.chatOpen.value) view.chatOpen.value = false;
  else if (view.zen.value) view.zen.value = false;
  else view.endCardOpen.value = false;
}

/** The wheel over the board walks through the moves. */
export function onWheel(live: Live, event: WheelEvent): void {
  if (!settings.value.wheelPly || event.ctrlKey || event.deltaY === 0) return;
  event.preventDefault();
  go(live, event.deltaY < 0 ? 'back' : 'forward');
}
