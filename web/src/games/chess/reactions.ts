import { navigate } from '../../router';
import { serverNow } from '../../socket';
import { play } from '../../ui/sound';
import { announce, mention } from '../../ui/live';
import { changes, startText } from './announce';
import { leftAt } from './clock';
import type { Game } from './game';
import type { Live } from './live';
import { ownOutcome } from './outcome';
import { isMyTurn, isOver, shownPlies } from './select';

/** What a change of the state causes outside of it: sounds, words for ears, the way to the next game. */
export function react(live: Live, before: Game | null, after: Game): void {
  if (!before) {
    firstSight(after);
    live.view.paintedAt = performance.now();
    return;
  }
  sound(before, after);
  speak(before, after);
  countUnread(live, before, after);
  stampPaint(live, before, after);
  if (!isOver(before) && isOver(after)) closeGame(live);
  if (after.rematchTable && !before.rematchTable && after.you !== null) navigate(`/g/${after.rematchTable}`);
}

function firstSight(game: Game): void {
  if (!game.waiting && game.plies.length === 0 && !isOver(game)) mention(startText(game));
}

/** What was begun on the board comes to nothing; the focus stays where it is. */
function closeGame({ view }: Live): void {
  view.endCardOpen.value = true;
  view.promotion.value = null;
  view.premove.value = null;
  view.zen.value = false;
}

/** The time to think starts when the position to answer is on the screen. A hidden page does not paint and does not wait. */
function stampPaint(live: Live, before: Game, after: Game): void {
  if (before.plies === after.plies) return;
  const arrived = performance.now();
  live.view.paintedAt = arrived;
  requestAnimationFrame((at) => {
    if (live.view.paintedAt === arrived && at - arrived < 100) live.view.paintedAt = Math.max(arrived, at);
  });
}

function sound(before: Game, after: Game): void {
  if (!isOver(before) && isOver(after)) {
    play(ownOutcome(after) === 'lost' ? 'lose' : ownOutcome(after) === 'won' ? 'win' : 'turn');
    return;
  }
  const was = shownPlies(before);
  const is = shownPlies(after);
  const ply = is.at(-1);
  if (ply && is.length > was.length) play(ply.check ? 'check' : ply.capture ? 'capture' : 'move');
  else if (before.waiting && !after.waiting) play('turn');
  else if (offered(before, after)) play('turn');
}

function offered(before: Game, after: Game): boolean {
  const asks = (was: number | null, is: number | null): boolean => is !== null && is !== was && is !== after.you;
  if (after.you === null) return false;
  return asks(before.drawBy, after.drawBy) || asks(before.takebackBy, after.takebackBy) || asks(before.rematchBy, after.rematchBy);
}

function speak(before: Game, after: Game): void {
  const { clocks, you } = after;
  const left = clocks && you !== null && isMyTurn(after) ? leftAt(clocks, you, serverNow()) : undefined;
  const said = changes(before, after, left);
  if (said.urgent.length > 0) announce(said.urgent.join(' '));
  for (const text of said.calm) mention(text);
}

function countUnread(live: Live, before: Game, after: Game): void {
  const added = after.chat.length - before.chat.length;
  if (added > 0 && !live.view.chatOpen.value && !live.view.chatMuted.value) live.view.unread.value += added;
}
