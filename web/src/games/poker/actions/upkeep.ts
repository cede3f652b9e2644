import { isRunning, isTournament, ownChair, ownPlayer, ready } from '../select';
import type { Room } from '../state/room';

/** What a seat does by itself where its player has set it so. */

/** The chips that bring the own stack back to the most the table allows, when a hand has ended; 0 for none. */
export function refill(before: Room | null, after: Room): number {
  const chair = ownChair(after);
  const ended = after.hand?.over === true && before?.hand?.over === false;
  if (!ended || isTournament(after) || !chair?.taken || chair.out || chair.leaving) return 0;
  return Math.max(0, (after.stakes.max_buy_in ?? 0) - chair.stack - (chair.coming ?? 0));
}

/** Whether the own seat waits for a blind that it could post. */
export function owes(room: Room): boolean {
  const chair = ownChair(room);
  if (!chair?.taken || isTournament(room) || chair.out || chair.leaving || chair.posts || chair.stack === 0) return false;
  const plays = isRunning(room) && ownPlayer(room) !== undefined;
  return Boolean(chair.owes_big || chair.owes_small) && !plays && ready(room) > 1;
}
