import type { Player, SeatPresence } from '../../wire';
import { clockwise, spots } from './geometry';
import type { Shape, Spot } from './geometry';
import type { Hand } from './state/hand';
import type { Room } from './state/room';
import type { Card, Chair, HandPlayer, Pot } from './wire';

/** What is on the table, as it is drawn: made of the state alone, for a running table and for a replay. */

export type Tag = 'fold' | 'check' | 'call' | 'bet' | 'raise' | 'all-in' | 'small' | 'big' | 'straddle' | 'extra' | 'won';

/** Why somebody who sits is not in the hand. */
export type Idle = 'out' | 'busted' | 'waits' | 'posts' | null;

export interface SeatScene {
  seat: number;
  spot: Spot;
  hero: boolean;
  player: Player | null;
  taken: boolean;
  stack: number;
  bet: number;
  cards: (Card | null)[];
  /** Those of the cards that make the winning hand; null while nothing is won. */
  best: ReadonlySet<Card> | null;
  folded: boolean;
  allIn: boolean;
  turn: boolean;
  dealer: boolean;
  tag: Tag | null;
  idle: Idle;
  leaving: boolean;
  /** Chips that count from the next hand. */
  coming: number;
  won: number;
  made: string;
  presence: SeatPresence['state'];
  /** The user a free seat is kept for. */
  kept: boolean;
}

export interface Scene {
  seats: SeatScene[];
  boards: Card[][];
  /** Everything in the middle and in front of the players. */
  pot: number;
  /** More than one when somebody is all-in. */
  pots: Pot[];
  /** The cards of the board that make a winning hand; null while nothing is won. */
  best: ReadonlySet<Card> | null;
  bigBlind: number;
  number: number;
}

/** The table in a box of some shape, the viewer's own seat at the bottom. */
export function sceneOf(room: Room, shape: Shape): Scene {
  const { hand } = room;
  const count = room.chairs.length;
  const places = spots(count, shape);
  const best = winning(hand);
  const seats = clockwise(count, room.you ?? room.lostSeat).map((seat, i) => {
    const spot = places[i] ?? places[0];
    if (!spot) throw new Error(`no place for seat ${seat}`);
    return seatScene(room, seat, spot, best);
  });
  return {
    seats,
    boards: hand?.boards ?? [],
    pot: hand?.pot ?? 0,
    pots: hand && hand.pots.length > 1 ? hand.pots : [],
    best: best.size > 0 ? best : null,
    bigBlind: hand?.big_blind ?? room.stakes.big_blind,
    number: room.number,
  };
}

/** The cards that win, of all who have won a part and have shown. */
function winning(hand: Hand | null): Set<Card> {
  const winners = hand?.awards.length ? hand.players.filter((player) => player.won && player.best) : [];
  return new Set(winners.flatMap((player) => player.best ?? []));
}

function seatScene(room: Room, seat: number, spot: Spot, best: ReadonlySet<Card>): SeatScene {
  const { hand } = room;
  const chair: Chair = room.chairs[seat] ?? { stack: 0 };
  const player = chair.taken ? hand?.players.find((one) => one.seat === seat) : undefined;
  const hero = seat === (room.you ?? room.lostSeat);
  const deciding = hand !== null && player !== undefined && (hand.turn?.pos === player.pos || hand.asked.includes(player.pos));
  return {
    seat,
    spot,
    hero,
    player: room.seats[seat] ?? null,
    taken: chair.taken ?? false,
    stack: player && !hand?.over ? player.stack : chair.stack,
    bet: player && hand?.turn ? player.bet : 0,
    cards: player && hand ? cardsOf(hand, player) : [],
    best: best.size > 0 ? best : null,
    folded: player?.folded ?? false,
    allIn: player?.all_in ?? false,
    turn: deciding,
    dealer: room.button === seat,
    tag: player && hand ? tagOf(hand, player) : null,
    idle: player && !hand?.over ? null : idleOf(chair, room),
    leaving: chair.leaving ?? false,
    coming: chair.coming ?? 0,
    won: player?.won ?? 0,
    made: madeOf(hand, player),
    presence: presenceOf(room, seat),
    kept: !chair.taken && Boolean(room.info.kept) && (room.info.kept?.seat ?? seat) === seat,
  };
}

/** The cards in front of a player: the own ones, those turned over, backs, or nothing after a fold. */
export function cardsOf(hand: Hand, player: HandPlayer): (Card | null)[] {
  if (player.cards?.length) return player.cards;
  if (hand.you?.pos === player.pos) return hand.you.cards;
  if (player.folded || player.mucked) return [];
  return Array.from({ length: hand.variant === 'holdem' ? 2 : 4 }, () => null);
}

/** What a hand is worth, where the viewer may know it: the own one, and those turned over. */
function madeOf(hand: Hand | null, player: HandPlayer | undefined): string {
  if (!hand || !player) return '';
  if (hand.you?.pos === player.pos) return player.folded ? '' : (hand.you.made ?? '');
  return player.made ?? '';
}

function tagOf(hand: Hand, player: HandPlayer): Tag | null {
  if (hand.awards.length > 0 && player.won) return 'won';
  if (player.all_in) return 'all-in';
  const said = hand.said[player.pos];
  return said === 'ante' || said === 'dead' ? null : (said ?? null);
}

function idleOf(chair: Chair, room: Room): Idle {
  if (!chair.taken) return null;
  if (chair.stack === 0 && !chair.coming) return 'busted';
  if (chair.out) return 'out';
  if (chair.owes_big || chair.owes_small) return chair.posts ? 'posts' : room.number > 0 ? 'waits' : null;
  return null;
}

function presenceOf(room: Room, seat: number): SeatPresence['state'] {
  if (room.seats[seat]?.house !== undefined) return 'online';
  return room.presence[seat]?.state ?? 'online';
}
