import { t } from '../../../i18n';
import { wonTexts } from '../announce';
import { chips, money } from '../money';
import { nameAt } from '../select';
import type { Room } from '../state/room';
import type { Card } from '../wire';

/** A hand that this page has seen, as its list shows it. */
export interface PastHand {
  number: number;
  /** The own cards; empty for who was not dealt in. */
  cards: Card[];
  /** What the player won or lost. */
  net: number | null;
  showdown: boolean;
  lines: string[];
}

/** How many are kept. */
const MOST = 200;

/** The hands of a table, the newest first, noted as they are shown. */
export class PastHands {
  private list: PastHand[] = [];

  /** Notes a picture of the table: nothing new for a hand that is not over. */
  note(room: Room, began: ReadonlyMap<number, number>): readonly PastHand[] {
    const { hand, number } = room;
    if (!hand?.over || this.list[0]?.number === number) return this.list;
    const mine = hand.players.find(({ seat }) => seat === room.you);
    const start = mine && began.get(mine.seat);
    const past: PastHand = {
      number,
      cards: hand.you?.cards ?? [],
      net: mine && start !== undefined ? mine.stack - start : null,
      showdown: hand.players.some((player) => player.cards?.length),
      lines: textOf(room),
    };
    this.list = [past, ...this.list].slice(0, MOST);
    return this.list;
  }
}

/** The hand in short sentences. */
function textOf(room: Room): string[] {
  const { hand } = room;
  if (!hand) return [];
  const lines = hand.boards.map((board) => t('poker.past.board', { cards: board.join(' ') || '–' }));
  for (const player of hand.players) {
    if (player.cards?.length) lines.push(t('poker.past.shows', { name: nameAt(room, player.seat), cards: player.cards.join(' '), made: player.made ?? '' }));
  }
  return [...lines, ...wonTexts(room)];
}

/** "+1,250", "−50". */
export function netText(net: number, bigBlind: number): string {
  const amount = money(Math.abs(net), bigBlind);
  return net > 0 ? `+${amount}` : net < 0 ? `−${amount}` : chips(0);
}
