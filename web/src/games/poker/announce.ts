import { t } from '../../i18n';
import { chips, money } from './money';
import { bigBlindOf, isAsked, isMyTurn, nameAt, nameOf, ownLegal } from './select';
import { cardNames } from './speech';
import type { Hand } from './state/hand';
import type { Room } from './state/room';

/** What is to be said after the table went from one state to the next. */
export interface Said {
  /** Needs the player now. */
  urgent: string[];
  calm: string[];
}

/** Words for what changed. `seconds` is the time the player has, if it is their turn. */
export function changes(before: Room, after: Room, seconds: number | undefined): Said {
  const said: Said = { urgent: [], calm: [] };
  sayHand(before, after, said);
  sayPeople(before, after, said);
  if (isMyTurn(after) && (!isMyTurn(before) || before.hand?.turn !== after.hand?.turn)) said.urgent.push(turnText(after, seconds));
  if (after.notice.serial !== before.notice.serial) said.urgent.push(after.notice.text);
  return said;
}

function sayHand(before: Room, after: Room, said: Said): void {
  const { hand } = after;
  if (!hand) return;
  const fresh = before.number !== after.number;
  if (fresh) said.calm.push(t('poker.say.hand', { n: after.number }));
  if (fresh && hand.you) said.calm.push(t('poker.say.cards', { cards: cardNames(hand.you.cards) }));
  const was = fresh ? null : before.hand;
  if (was) sayActs(was, after, said);
  sayBoards(was, hand, after, said);
  sayShown(was, after, said);
  if (hand.awards.length > (was?.awards.length ?? 0)) said.calm.push(...wonTexts(after));
}

/** "Bob raises to 450". The own deeds are seen, and not said. */
function sayActs(was: Hand, after: Room, said: Said): void {
  const { hand } = after;
  hand?.players.forEach((player, pos) => {
    const before = was.players[pos];
    const act = hand.said[pos];
    if (!before || !act || player.seat === after.you) return;
    const moved = player.bet !== before.bet || was.said[pos] !== act;
    if (!moved || was.turn?.pos !== pos) return;
    const amount = money(player.bet, hand.big_blind);
    const words = t(`poker.say.${act}`, { name: nameAt(after, player.seat), amount });
    said.calm.push(player.all_in ? `${words}, ${t('poker.seat.all-in')}` : words);
  });
}

/** "Flop: queen of hearts, seven of spades, jack of hearts. Pot 1,340". */
function sayBoards(was: Hand | null, hand: Hand, after: Room, said: Said): void {
  hand.boards.forEach((board, run) => {
    const known = was?.boards[run]?.length ?? (run > 0 ? (was?.boards[0]?.length ?? 0) : 0);
    if (board.length <= known) return;
    const name = t(`poker.street.${board.length === 3 ? 'flop' : board.length === 4 ? 'turn' : 'river'}`);
    const pot = money(hand.pot, bigBlindOf(after));
    said.calm.push(t('poker.say.street', { name, cards: cardNames(board.slice(known)), pot }));
  });
}

function sayShown(was: Hand | null, after: Room, said: Said): void {
  after.hand?.players.forEach((player, pos) => {
    if (!player.cards || was?.players[pos]?.cards || player.seat === after.you) return;
    const cards = cardNames(player.cards);
    said.calm.push(t('poker.say.shows', { name: nameAt(after, player.seat), cards, made: player.made ?? '' }));
  });
}

/** Who won what, and with what. */
export function wonTexts(room: Room): string[] {
  const winners = room.hand?.players.filter((player) => player.won) ?? [];
  return winners.map((player) => {
    const amount = money(player.won ?? 0, bigBlindOf(room));
    const vars = { name: nameAt(room, player.seat), amount, made: player.made ?? '' };
    return t(player.made ? 'poker.say.wins-with' : 'poker.wins', vars);
  });
}

function sayPeople(before: Room, after: Room, said: Said): void {
  after.chairs.forEach((chair, seat) => {
    const was = before.chairs[seat];
    if (!was || seat === after.you) return;
    if (chair.taken && !was.taken) said.calm.push(t('poker.say.sat', { name: nameAt(after, seat) }));
    if (!chair.taken && was.taken) said.calm.push(t('poker.say.left', { name: nameAt(before, seat) }));
  });
  if (before.info.paused !== after.info.paused) said.calm.push(t(after.info.paused ? 'poker.paused' : 'poker.resumed'));
}

/** "Your turn. 450 to call, pot 2,890. You have ace of hearts, king of hearts. 20 seconds." */
export function turnText(room: Room, seconds: number | undefined): string {
  const legal = ownLegal(room);
  if (isAsked(room) || !legal || !room.hand) return t('poker.say.asked');
  const blind = room.hand.big_blind;
  const words = [legal.call > 0 ? t('poker.say.turn-call', { amount: money(legal.call, blind) }) : t('poker.say.turn-check')];
  words.push(t('poker.say.pot', { pot: money(room.hand.pot, blind) }));
  if (room.hand.you) words.push(t('poker.say.have', { cards: cardNames(room.hand.you.cards) }));
  if (seconds !== undefined) words.push(t('poker.say.seconds', { n: seconds }));
  return words.join(' ');
}

/** The last thing that was done in the hand. */
export function lastText(room: Room): string {
  const { hand } = room;
  if (!hand) return t('poker.say.nothing');
  if (hand.awards.length > 0) return wonTexts(room).join(' ');
  const acted = hand.said.flatMap((act, pos) => (act ? [{ act, pos }] : []));
  const last = acted.find(({ pos }) => pos === lastActor(hand)) ?? acted.at(-1);
  if (!last) return t('poker.say.nothing');
  return t(`poker.say.${last.act}`, { name: nameOf(room, last.pos), amount: money(hand.players[last.pos]?.bet ?? 0, hand.big_blind) });
}

/** Who acted before the one whose turn it is, of those who have said something. */
function lastActor(hand: Hand): number {
  const n = hand.players.length;
  const from = hand.turn?.pos ?? 0;
  for (let i = 1; i <= n; i++) {
    const pos = (from - i + n) % n;
    if (hand.said[pos]) return pos;
  }
  return -1;
}

/** Everybody's chips, from the viewer clockwise. */
export function stacksText(room: Room): string {
  return room.chairs
    .flatMap((chair, seat) => {
      if (!chair.taken) return [];
      const stack = room.hand?.players.find((player) => player.seat === seat)?.stack ?? chair.stack;
      return [`${nameAt(room, seat)} ${chips(stack)}`];
    })
    .join(', ');
}
