import { serverNow } from '../../socket';
import { announce, mention } from '../../ui/live';
import { play } from '../../ui/sound';
import type { Voice } from '../../ui/voices';
import { changes } from './announce';
import type { Live } from './live';
import { isMyTurn } from './select';
import type { Room } from './state/room';
import { seconds, timeLeft } from './time';

/** What a change of the picture causes outside of it: sounds, words for ears, marks at the chat. */
export function react(live: Live, before: Room | null, after: Room): void {
  if (!before) return;
  const voice = voiceOf(before, after);
  if (voice) play(voice);
  speak(before, after);
  const added = after.chat.length - before.chat.length;
  if (added > 0 && live.view.layer.value !== 'chat' && !live.view.chatMuted.value) live.view.unread.value += added;
}

/** The one sound of a change; the turn of the player is more than all others. */
export function voiceOf(before: Room, after: Room): Voice | null {
  const [was, is] = [before.hand, after.hand];
  if (isMyTurn(after) && !isMyTurn(before)) return 'turn';
  if (!is || (before === after)) return null;
  if (before.number !== after.number) return 'deal';
  if (!was || was === is) return null;
  if (is.awards.length > was.awards.length) {
    const me = is.players.find((player) => player.seat === after.you);
    return me?.won ? 'win' : 'chips';
  }
  if (is.boards.flat().length > was.boards.flat().length) return 'deal';
  if (is.players.some((player, pos) => player.folded && !was.players[pos]?.folded)) return 'fold';
  if (is.players.some((player, pos) => player.bet > (was.players[pos]?.bet ?? 0))) return 'chips';
  return is.said.some((said, pos) => said === 'check' && was.said[pos] !== said) ? 'move' : null;
}

function speak(before: Room, after: Room): void {
  const { clocks, you } = after;
  const left = clocks && you !== null && isMyTurn(after) ? timeLeft(clocks, you, serverNow()) : undefined;
  const said = changes(before, after, left && seconds(left.free + left.bank));
  if (said.urgent.length > 0) announce(said.urgent.join(' '));
  for (const text of said.calm) mention(text);
}
