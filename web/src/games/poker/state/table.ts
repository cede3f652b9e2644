import type { Chair, HandBegan, PokerEventBody } from '../wire';
import { applyToHand, beginHand } from './hand';
import type { Room } from './room';

/** Folds an event of the game: of the table between hands, and of the hand. */
export function applyGameEvent(room: Room, body: PokerEventBody): Room {
  switch (body.type) {
    case 'hand-began':
      return began(room, body.view);
    case 'bought':
      return withChair(room, body.view.seat, (chair) => bought(chair, body.view.chips, room.number));
    case 'sat-in':
      return withChair(room, body.view.seat, (chair) => ({ ...chair, out: false, posts: body.view.post ?? false }));
    case 'sat-out':
      return withChair(room, body.view.seat, (chair) => ({ ...chair, out: true, posts: false }));
    case 'leaving':
      return withChair(room, body.view.seat, (chair) => ({ ...chair, leaving: true }));
    case 'left':
      return left(room, body.view.seat);
    case 'finished':
      return { ...room, result: { ...body.view, winners: body.view.winners ?? null } };
    default:
      return inHand(room, body);
  }
}

function began(room: Room, view: HandBegan): Room {
  return { ...room, number: view.number, button: view.button, chairs: view.chairs, hand: beginHand(view) };
}

function withChair(room: Room, seat: number, change: (chair: Chair) => Chair): Room {
  const chair = room.chairs[seat];
  return chair ? { ...room, chairs: room.chairs.with(seat, change(chair)) } : room;
}

/** Who comes to a table that plays already waits for the big blind, or posts one. */
function bought(chair: Chair, chips: number, hands: number): Chair {
  if (chair.taken) return { ...chair, stack: chair.stack + chips };
  return { stack: chair.stack + chips, taken: true, new: hands > 0, owes_big: hands > 0 };
}

function left(room: Room, seat: number): Room {
  const next = withChair(room, seat, () => ({ stack: 0 }));
  const { hand } = room;
  const mine = hand?.you && hand.players[hand.you.pos]?.seat === seat;
  return { ...next, seats: room.seats.with(seat, null), hand: hand && mine ? { ...hand, you: null } : hand };
}

function inHand(room: Room, body: PokerEventBody): Room {
  if (!room.hand) return room;
  const hand = applyToHand(room.hand, body, room.you);
  if (body.type !== 'hand-ended') return { ...room, hand };
  const stacks = new Map(hand.players.map(({ seat, stack }) => [seat, stack]));
  return { ...room, hand, chairs: room.chairs.map((chair, seat) => ({ ...chair, stack: stacks.get(seat) ?? chair.stack })) };
}
