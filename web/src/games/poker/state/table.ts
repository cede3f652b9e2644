import type { Chair, HandBegan, PokerEventBody } from '../wire';
import { levelEnd, prizes } from './course';
import { applyToHand, beginHand } from './hand';
import type { Room } from './room';

/** Folds an event of the game: of the table between hands, and of the hand. */
export function applyGameEvent(room: Room, body: PokerEventBody): Room {
  switch (body.type) {
    case 'hand-began':
      return began(room, body.view);
    case 'bought':
      return entered(withChair(room, body.view.seat, (chair) => bought(chair, body.view, room.number)));
    case 'left':
      return entered(left(room, body.view.seat));
    case 'rested':
      return { ...room, breakUntil: body.view.at, levelUntil: levelEnd(room.stakes, room.level, body.view) };
    case 'placed':
      return placed(room, body.view);
    case 'finished':
      return { ...room, result: { ...body.view, winners: body.view.winners ?? null } };
    case 'sat-in':
    case 'sat-out':
    case 'leaving':
    case 'wished':
    case 'protected':
      return withChair(room, body.view.seat, (chair) => changed(chair, body));
    default:
      return inHand(room, body);
  }
}

function began(room: Room, view: HandBegan): Room {
  const level = room.stakes.levels?.length ? (view.level ?? 0) + 1 : 0;
  return {
    ...room,
    number: view.number,
    button: view.button,
    chairs: view.chairs,
    hand: beginHand(view),
    level,
    levelUntil: levelEnd(room.stakes, level, view),
    breakUntil: 0,
    prizes: prizes(room.stakes, view.entrants ?? 0),
  };
}

function withChair(room: Room, seat: number, change: (chair: Chair) => Chair): Room {
  const chair = room.chairs[seat];
  return chair ? { ...room, chairs: room.chairs.with(seat, change(chair)) } : room;
}

type Wish = Extract<PokerEventBody, { type: 'sat-in' | 'sat-out' | 'leaving' | 'wished' | 'protected' }>;

/** After how many hands a lost connection gets extra time again. */
const PROTECT_AGAIN = 25;

const WISHES = { straddle: 'straddles', show: 'shows', 'out-next': 'out_next' } as const;

function changed(chair: Chair, body: Wish): Chair {
  switch (body.type) {
    case 'sat-in':
      return { ...chair, out: false, out_next: false, posts: body.view.post ?? false, lapses: 0 };
    case 'sat-out':
      return { ...chair, out: true, out_next: false, posts: false };
    case 'leaving':
      return { ...chair, leaving: true };
    case 'wished':
      return { ...chair, [WISHES[body.view.wish]]: body.view.on };
    case 'protected':
      return { ...chair, protected: PROTECT_AGAIN };
  }
}

type Bought = Extract<PokerEventBody, { type: 'bought' }>['view'];

/** Who comes to a table that plays already waits for the big blind, or posts one. */
function bought(before: Chair, { chips, later }: Bought, hands: number): Chair {
  const chair = before.taken ? before : { stack: 0, taken: true, new: hands > 0, owes_big: hands > 0 };
  return later ? { ...chair, coming: (chair.coming ?? 0) + chips } : { ...chair, stack: chair.stack + chips };
}

/** The prizes of a tournament grow with everybody who comes before it starts. */
function entered(room: Room): Room {
  if (room.number > 0 || !room.stakes.entry) return room;
  return { ...room, prizes: prizes(room.stakes, room.chairs.filter((chair) => chair.taken).length) };
}

function left(room: Room, seat: number): Room {
  const next = withChair(room, seat, () => ({ stack: 0 }));
  const { hand } = room;
  const mine = hand?.you && hand.players[hand.you.pos]?.seat === seat;
  return { ...next, seats: room.seats.with(seat, null), hand: hand && mine ? { ...hand, you: null } : hand };
}

function placed(room: Room, { seat, place, prize }: { seat: number; place: number; prize?: number }): Room {
  const name = room.seats[seat]?.name ?? '';
  const next = { ...room, placed: [...room.placed, { seat, place, prize: prize ?? 0, name }] };
  return place > 1 && room.chairs[seat]?.stack === 0 ? left(next, seat) : next;
}

function inHand(room: Room, body: PokerEventBody): Room {
  if (!room.hand) return room;
  const hand = applyToHand(room.hand, body, room.you);
  if (body.type === 'acted') return lapsed({ ...room, hand }, hand.players[body.view.pos]?.seat, body.view.lapsed);
  return body.type === 'hand-ended' ? settled({ ...room, hand }, hand.players) : { ...room, hand };
}

function lapsed(room: Room, seat: number | undefined, again: boolean | undefined): Room {
  return seat === undefined ? room : withChair(room, seat, (chair) => ({ ...chair, lapses: again ? (chair.lapses ?? 0) + 1 : 0 }));
}

/** Everybody's chips after a hand, with those that were bought during it. */
function settled(room: Room, players: readonly { seat: number; stack: number }[]): Room {
  const stacks = new Map(players.map(({ seat, stack }) => [seat, stack]));
  const chairs = room.chairs.map((chair, seat) => {
    const stack = chair.taken ? (stacks.get(seat) ?? chair.stack) : chair.stack;
    return { ...chair, stack: stack + (chair.coming ?? 0), coming: 0 };
  });
  return { ...room, chairs };
}
