import type { Hand } from '../state/hand';
import type { Room } from '../state/room';
import type { Card } from '../wire';

/** A hand that this page has seen, as its list shows it. */
export interface PastHand {
  number: number;
  /** The own cards; empty for who was not dealt in. */
  cards: Card[];
  board: Card[];
  pot: number;
  /** Their names, who got the most first. */
  winners: string[];
  /** What the player won or lost; null for who was not dealt in. */
  net: number | null;
  showdown: boolean;
}

/** How many are kept. */
const MOST = 50;

function winnersOf(room: Room, { players }: Hand): string[] {
  const paid = players.filter(({ won }) => won).sort((a, b) => (b.won ?? 0) - (a.won ?? 0));
  return paid.map(({ seat }) => room.seats[seat]?.name ?? '').filter(Boolean);
}

/** The list with the hand that is over, if it is new. `began` is what everybody had at its beginning, by seat. */
export function noted(list: readonly PastHand[], room: Room, began: ReadonlyMap<number, number>): readonly PastHand[] {
  const { hand, number } = room;
  if (!hand?.over || list[0]?.number === number) return list;
  const mine = hand.you ? hand.players.find(({ seat }) => seat === room.you) : undefined;
  const start = mine && began.get(mine.seat);
  const past: PastHand = {
    number,
    cards: hand.you?.cards ?? [],
    board: hand.boards[0] ?? [],
    pot: hand.players.reduce((sum, player) => sum + (player.won ?? 0), 0),
    winners: winnersOf(room, hand),
    net: mine && start !== undefined ? mine.stack - start : null,
    showdown: hand.players.some((player) => player.cards?.length),
  };
  return [past, ...list].slice(0, MOST);
}
