import type { Room } from '../state/room';
import type { Legal, PokerAction } from '../wire';
import { ownPlayer } from '../select';

/** Actions that a player sets before the turn comes. A call is bound to its amount: it is dropped when the price changes. */

export type AheadType = 'fold' | 'check-fold' | 'check' | 'call' | 'call-any';

export interface Ahead {
  type: AheadType;
  /** What a call would add. */
  amount: number;
  /** The hand and the street it was set in. */
  hand: number;
  street: string;
}

/** What can be set now: nothing for who is not in the hand, or has to act. */
export function choices(room: Room): Ahead[] {
  const { hand } = room;
  const me = ownPlayer(room);
  if (!hand || !me || hand.over || me.folded || me.all_in || !hand.turn || hand.turn.pos === me.pos) return [];
  const amount = Math.min(me.stack, Math.max(0, hand.price - me.bet));
  const types: AheadType[] = amount > 0 ? ['fold', 'call', 'call-any'] : ['check-fold', 'check', 'call-any'];
  return types.map((type) => ({ type, amount, hand: room.number, street: hand.street }));
}

/** Whether what was set still holds: another street drops all but a fold, and a higher price drops a check or a call. */
export function holds(ahead: Ahead, room: Room): boolean {
  const { hand } = room;
  const me = ownPlayer(room);
  if (!hand || !me || hand.over || me.folded || me.all_in || ahead.hand !== room.number) return false;
  if (ahead.type === 'fold') return true;
  if (ahead.street !== hand.street) return false;
  if (ahead.type === 'call-any' || ahead.type === 'check-fold') return true;
  return Math.min(me.stack, Math.max(0, hand.price - me.bet)) === ahead.amount;
}

/** What it comes to now that the turn is there; null when it does not fit any more. A fold that costs nothing is a check. */
export function resolve(ahead: Ahead, legal: Legal): PokerAction | null {
  const free = legal.call === 0;
  switch (ahead.type) {
    case 'fold':
    case 'check-fold':
      return { type: free ? 'check' : 'fold' };
    case 'check':
      return free ? { type: 'check' } : null;
    case 'call':
      return !free && legal.call === ahead.amount ? { type: 'call', amount: legal.call } : null;
    case 'call-any':
      return free ? { type: 'check' } : { type: 'call', amount: legal.call };
  }
}
