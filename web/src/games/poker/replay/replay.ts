import type { Hand } from '../state/hand';
import { applyToHand, beginHand } from '../state/hand';
import type { Room } from '../state/room';
import type { Act, Card, Legal, PokerEventBody, PostKind, Structure, VariantName } from '../wire';

/** A finished hand as the server tells it to one reader, and the pictures that it goes through. */

export interface ReplayPlayer {
  seat: number;
  name: string;
  stack: number;
  end: number;
  /** Known from the deal on. */
  cards?: Card[];
}

export interface ReplayStep {
  do: string;
  street?: number;
  seat?: number;
  amount?: number;
  to?: number;
  all_in?: boolean;
  run?: number;
  cards?: Card[];
  made?: string;
  pot: number;
  stacks: number[];
  bets?: number[];
  which?: number;
  half?: 'high' | 'low';
  place?: number;
}

export interface Replay {
  id?: string;
  table?: string;
  number?: number;
  at?: number;
  variant: VariantName;
  structure: Structure;
  blinds: [number, number];
  limits?: number[];
  ante?: number;
  seats: number;
  button: number;
  you?: number;
  players: ReplayPlayer[];
  away?: ReplayPlayer[];
  streets: string[];
  steps: ReplayStep[];
  /** The ids of its neighbours, as far as the reader was there. */
  previous?: string;
  next?: string;
}

/** How the names of house players begin. */
const HOUSE = 'House · ';

const POSTS = ['ante', 'dead', 'small', 'big', 'straddle', 'extra'];
const ACTS = ['fold', 'check', 'call', 'bet', 'raise'];

/** The table before the first step and after each of them. */
export function framesOf(replay: Replay): Room[] {
  let hand = start(replay);
  let dealt = false;
  const frames = [roomOf(replay, hand)];
  replay.steps.forEach((step, i) => {
    if (!dealt && !POSTS.includes(step.do)) {
      dealt = true;
      hand = deal(hand, replay);
    }
    hand = after(hand, replay, i);
    const last = i === replay.steps.length - 1;
    frames.push(roomOf(replay, last ? finish(hand, replay) : hand));
  });
  return frames;
}

function start(replay: Replay): Hand {
  const posts = replay.steps
    .filter((step) => POSTS.includes(step.do))
    .map((step) => ({ pos: posOf(replay, step.seat), kind: step.do as PostKind, amount: step.amount ?? 0 }));
  return beginHand({
    number: replay.number ?? 0,
    ply: 0,
    button: replay.button,
    small: -1,
    big: -1,
    chairs: [],
    hand: { variant: replay.variant, limit: { structure: replay.structure, big_blind: replay.blinds[1] }, players: replay.players, posts },
  });
}

function posOf({ players }: Replay, seat: number | undefined): number {
  return Math.max(0, players.findIndex((player) => player.seat === seat));
}

/** The cards that the reader knows from the deal on: the own ones in the hand, those of others on the table. */
function deal(hand: Hand, replay: Replay): Hand {
  const mine = replay.players.find(({ seat }) => seat === replay.you);
  const own = { players: replay.players.length, hole: 0, ...(mine?.cards && { cards: mine.cards }) };
  const dealt = applyToHand(hand, { type: 'dealt', view: own }, replay.you ?? null);
  const players = dealt.players.map((player, pos) => {
    const cards = replay.players[pos]?.cards;
    return cards && player.seat !== replay.you ? { ...player, cards } : player;
  });
  return { ...dealt, players };
}

/** The hand after a step, with who is to act next, as far as the next step tells. */
function after(hand: Hand, replay: Replay, index: number): Hand {
  const step = replay.steps[index];
  const body = step && eventOf(hand, replay, step);
  if (!step || !body) return hand;
  const shared = step.do === 'board' && (step.run ?? 0) > 0 && hand.boards.length === 1;
  const ready = shared ? { ...hand, boards: [hand.boards[0] ?? [], common(replay)] } : hand;
  const next = applyToHand(ready, body, replay.you ?? null);
  return { ...next, pot: step.pot, ...turnOf(replay, step, replay.steps[index + 1]) };
}

/** The cards that lay when the players were asked how often the rest is dealt. */
function common(replay: Replay): Card[] {
  const asked = replay.steps.findIndex((step) => step.do === 'run');
  return replay.steps.slice(0, Math.max(0, asked)).flatMap((step) => (step.do === 'board' ? (step.cards ?? []) : []));
}

function turnOf(replay: Replay, step: ReplayStep, next: ReplayStep | undefined): Pick<Hand, 'turn'> {
  if (!next || !ACTS.includes(next.do)) return { turn: null };
  const pos = posOf(replay, next.seat);
  const bets = step.bets ?? [];
  const owed = Math.max(0, Math.max(0, ...bets) - (bets[pos] ?? 0));
  const legal: Legal = { call: Math.min(owed, step.stacks[pos] ?? owed), min_to: 0, max_to: 0, step: 0 };
  return { turn: { pos, legal } };
}

function eventOf(hand: Hand, replay: Replay, step: ReplayStep): PokerEventBody | null {
  const pos = posOf(replay, step.seat);
  const amount = step.amount ?? 0;
  if (POSTS.includes(step.do)) return { type: 'posted', view: { index: 0, pos, kind: step.do as PostKind, amount } };
  if (ACTS.includes(step.do)) {
    const to = step.bets?.[pos] ?? step.to ?? hand.players[pos]?.bet ?? 0;
    return { type: 'acted', view: { pos, act: step.do as Act, to, stack: step.stacks[pos] ?? 0, pot: step.pot } };
  }
  switch (step.do) {
    case 'board':
      return { type: 'turned', view: { run: step.run ?? 0, street: replay.streets[step.street ?? 0] ?? '', cards: step.cards ?? [] } };
    case 'return':
      return { type: 'returned', view: { pos, amount } };
    case 'show':
      return { type: 'shown', view: { pos, cards: step.cards ?? [] } };
    case 'muck':
      return { type: 'mucked', view: { pos } };
    case 'award':
      return { type: 'awarded', view: { pot: step.which ?? 0, run: step.run ?? 0, shares: [{ pos, amount }], ...(step.half && { half: step.half }) } };
    default:
      return null;
  }
}

function finish(hand: Hand, replay: Replay): Hand {
  return applyToHand(hand, { type: 'hand-ended', view: { stacks: replay.players.map(({ end }) => end) } }, replay.you ?? null);
}

/** A table that shows a hand and knows nothing else. */
function roomOf(replay: Replay, hand: Hand): Room {
  const people = [...replay.players, ...(replay.away ?? [])];
  const at = (seat: number): ReplayPlayer | undefined => people.find((player) => player.seat === seat);
  const seats = Array.from({ length: Math.max(replay.seats, 2) }, (_, seat) => at(seat));
  const [small_blind, big_blind] = replay.blinds;
  return {
    table: replay.id ?? '',
    seq: 0,
    stale: false,
    you: replay.you ?? null,
    lostSeat: null,
    closed: false,
    seats: seats.map((player) => player && { name: player.name, user: '', ...(player.name.startsWith(HOUSE) && { house: 0 }) }).map((player) => player ?? null),
    info: { origin: '', rated: false, control: null, speed: '', created_at: replay.at ?? 0 },
    stakes: { variant: replay.variant, structure: replay.structure, small_blind, big_blind },
    number: replay.number ?? 0,
    button: replay.button,
    chairs: seats.map((player) => chairOf(hand, player)),
    hand,
    result: null,
    clocks: null,
    deadline: null,
    chat: [],
    presence: [],
    watchers: 0,
    sending: [],
    notice: { serial: 0, text: '' },
    placed: [],
    level: 0,
    levelUntil: 0,
    breakUntil: 0,
    prizes: [],
  };
}

/** Who was at the table and not dealt in sits out, and has no name: the archive knows the players of a hand. */
function chairOf({ players }: Hand, player: ReplayPlayer | undefined): Room['chairs'][number] {
  if (!player) return { stack: 0 };
  const dealt = players.find(({ seat }) => seat === player.seat);
  return { stack: dealt?.stack ?? player.stack, taken: true, ...(!dealt && { out: true }) };
}

/** Where each street begins, as the number of steps before it. The first is the first decision. */
export function marks(replay: Replay): { street: string; at: number }[] {
  const first = replay.steps.findIndex((step) => !POSTS.includes(step.do));
  const found = [{ street: 'preflop', at: Math.max(0, first) }];
  replay.steps.forEach((step, i) => {
    if (step.do === 'board' && !step.run) found.push({ street: replay.streets[step.street ?? 0] ?? '', at: i + 1 });
  });
  const shown = replay.steps.findIndex((step) => step.do === 'show' || step.do === 'award');
  if (shown >= 0) found.push({ street: 'showdown', at: shown + 1 });
  return found;
}

/** The same hand without names, or without the reader's cards as long as nobody else saw them. */
export function veiled(replay: Replay, hide: { names: boolean; cards: boolean }): Replay {
  const players = replay.players.map((player, i) => {
    const { cards, ...rest } = player;
    const name = hide.names ? `P${i + 1}` : player.name;
    return hide.cards && player.seat === replay.you ? { ...rest, name } : { ...rest, name, ...(cards && { cards }) };
  });
  const away = (replay.away ?? []).map((player, i) => ({ ...player, name: hide.names ? `P${players.length + i + 1}` : player.name }));
  return { ...replay, players, away };
}
