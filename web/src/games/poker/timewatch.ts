import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { navigate } from '../../router';
import { settings } from '../../settings';
import { serverNow } from '../../socket';
import { mine } from '../../store';
import { announce } from '../../ui/live';
import { play } from '../../ui/sound';
import type { Live } from './live';
import { isMyTurn } from './select';
import { LOW, seconds, timeLeft } from './time';

const EVERY = 200;
/** How much is left when it is said without being asked for, in ms. */
const SAID = 10_000;

/** What is left to the player of all time: the action's own and the bank; null when it is not their turn. */
function ownTime(live: Live): number | null {
  const room = live.room.value;
  if (!room?.clocks || room.you === null || !isMyTurn(room)) return null;
  const left = timeLeft(room.clocks, room.you, serverNow());
  return left.free + left.bank;
}

/** Tells the player once that ten seconds are left, and sounds at five. */
export function useTimeWatch(live: Live): void {
  useEffect(() => {
    let before = Infinity;
    const timer = setInterval(() => {
      const left = ownTime(live);
      if (left !== null && before > SAID && left <= SAID && before !== Infinity) announce(t('poker.say.seconds', { n: seconds(left) }));
      if (left !== null && before > LOW && left <= LOW && before !== Infinity) play('lowtime');
      before = left ?? Infinity;
    }, EVERY);
    return () => clearInterval(timer);
  }, [live]);
}

/** Goes to another table that waits, if the player wants that, and does not have to act here. */
export function useJump(live: Live): void {
  const room = live.room.value;
  const busy = room !== null && isMyTurn(room);
  const other = (mine.value ?? []).find(({ kind, table, my_turn }) => kind === 'poker' && my_turn && table !== live.table)?.table;
  useEffect(() => {
    if (settings.value.jumpToTurn && !busy && other !== undefined) navigate(`/t/${other}`);
  }, [busy, other]);
}
