import { best, made } from '../odds/made';
import type { Act, HandBegan, HandPlayer, HandView, Next, Own, PokerEventBody, Pot, PostKind, Told, Turn } from '../wire';
import { gather, without } from './pots';

/** What a player said last, as long as it is worth showing: on the street, and a fold for the rest of the hand. */
export type Said = Act | PostKind;

/** A pot that was paid out, or a part of one. */
export interface Award {
  pot: number;
  run: number;
  half: 'high' | 'low' | null;
  shares: { pos: number; amount: number }[];
}

/** A hand as it is shown, with what is needed to follow it from event to event. Immutable. */
export interface Hand extends Omit<HandView, 'turn' | 'asked' | 'pots' | 'over' | 'you'> {
  turn: Turn | null;
  asked: number[];
  pots: Pot[];
  over: boolean;
  acts: readonly Told[];
  you: Own | null;
  /** The pots without the bets of the street, and those bets by place, less what was given back. */
  layers: Pot[];
  loose: number[];
  /** The chips of the street that are antes, until the cards are dealt, and the price they open. */
  antes: number[];
  opening: number;
  said: (Said | null)[];
  awards: Award[];
  /** What went back to a player because nobody called it. */
  returned: { pos: number; amount: number } | null;
}

/** A hand as the server describes it. */
export function fromView(view: HandView, acts: readonly Told[] = []): Hand {
  const pots = view.pots ?? [];
  const loose = view.players.map(({ bet }) => (view.turn ? bet : 0));
  return {
    ...view,
    turn: view.turn ?? null,
    asked: view.asked ?? [],
    pots,
    over: view.over ?? false,
    acts,
    you: view.you ?? null,
    layers: pots,
    loose,
    antes: [],
    opening: 0,
    said: view.players.map(({ pos, folded }) => (folded ? 'fold' : lastSaid(acts, view.street, pos))),
    awards: [],
    returned: null,
  };
}

/** What a player did last on the street. */
function lastSaid(acts: readonly Told[], street: string, pos: number): Said | null {
  return acts.findLast((told) => told.pos === pos && told.street === street)?.act ?? null;
}

/** The hand that begins, before the forced bets. */
export function beginHand({ hand }: HandBegan): Hand {
  const players = hand.players.map(({ seat, stack }, pos): HandPlayer => ({ pos, seat, stack, bet: 0 }));
  const live = (hand.posts ?? []).filter(({ kind }) => kind !== 'ante' && kind !== 'dead');
  return {
    variant: hand.variant,
    structure: hand.limit.structure,
    big_blind: hand.limit.big_blind,
    street: 'preflop',
    players,
    boards: [[]],
    pot: 0,
    price: 0,
    turn: null,
    asked: [],
    pots: [],
    over: false,
    acts: [],
    you: null,
    layers: [{ amount: 0, players: players.map(({ pos }) => pos) }],
    loose: players.map(() => 0),
    antes: players.map(() => 0),
    opening: Math.max(0, ...live.map(({ amount }) => amount)),
    said: players.map(() => null),
    awards: [],
    returned: null,
  };
}

/** Folds one event of the hand; `seat` is the viewer's. Events of the table leave it as it is. */
export function applyToHand(hand: Hand, body: PokerEventBody, seat: number | null): Hand {
  switch (body.type) {
    case 'posted':
      return post(hand, body.view);
    case 'dealt':
      return deal(hand, body.view, seat);
    case 'acted':
      return act(hand, body.view);
    case 'turned':
      return turn(hand, body.view);
    case 'shown':
      return deciding(show(hand, body.view), body.view);
    case 'mucked':
      return withPlayer(hand, body.view.pos, { mucked: true });
    case 'answered':
      return answer(deciding(hand, body.view), body.view.runs);
    case 'returned':
      return giveBack(hand, body.view);
    case 'awarded':
      return award(hand, body.view);
    case 'hand-ended':
      return end(hand, body.view.stacks);
    default:
      return hand;
  }
}

function withPlayer(hand: Hand, pos: number, change: Partial<HandPlayer>): Hand {
  const before = hand.players[pos];
  if (!before) return hand;
  const after = { ...before, ...change };
  after.all_in = after.stack === 0 && !after.folded && !hand.over;
  return { ...hand, players: hand.players.with(pos, after) };
}

function deciding(hand: Hand, next: Next): Hand {
  const changed = { ...hand, turn: next.turn ?? null, asked: next.asked ?? [] };
  if (hand.over) return changed; // the cards are shown after the pots were paid
  return { ...changed, pots: changed.turn ? changed.layers : gather(changed.layers, changed.loose, changed.players) };
}

function post(hand: Hand, { pos, kind, amount }: { pos: number; kind: PostKind; amount: number }): Hand {
  const player = hand.players[pos];
  if (!player) return hand;
  const live = kind !== 'ante' && kind !== 'dead';
  const next = withPlayer(hand, pos, { stack: player.stack - amount, bet: player.bet + (live ? amount : 0) });
  const pot = hand.pot + amount;
  if (live) return { ...next, pot, loose: add(hand.loose, pos, amount), said: hand.said.with(pos, kind) };
  if (kind === 'ante') return { ...next, pot, antes: add(hand.antes, pos, amount) };
  return { ...next, pot, layers: hand.layers.map((layer, i) => (i === 0 ? { ...layer, amount: layer.amount + amount } : layer)) };
}

function add(list: readonly number[], index: number, amount: number): number[] {
  return list.with(index, (list[index] ?? 0) + amount);
}

function deal(hand: Hand, view: { cards?: string[] } & Next, seat: number | null): Hand {
  const layers = gather(hand.layers, hand.antes, hand.players);
  const dealt = deciding({ ...hand, layers, antes: [], price: hand.opening }, view);
  const pos = hand.players.findIndex((player) => player.seat === seat);
  if (!view.cards || pos < 0) return dealt;
  return { ...dealt, you: own(dealt, pos, view.cards) };
}

/** The own cards, and what they are worth with the first board. */
function own(hand: Hand, pos: number, cards: string[]): Own {
  const words = made(hand.variant, cards, hand.boards[0] ?? []);
  return { pos, cards, ...(words && { made: words }) };
}

function act(hand: Hand, view: Extract<PokerEventBody, { type: 'acted' }>['view']): Hand {
  const player = hand.players[view.pos];
  if (!player) return hand;
  const folds = view.act === 'fold';
  const next = withPlayer(hand, view.pos, folds ? { folded: true } : { bet: view.to, stack: view.stack });
  return deciding(
    {
      ...next,
      pot: view.pot,
      price: folds ? hand.price : Math.max(hand.price, view.to),
      loose: folds ? hand.loose : add(hand.loose, view.pos, view.to - player.bet),
      layers: folds ? without(hand.layers, view.pos) : hand.layers,
      said: hand.said.with(view.pos, view.act),
      acts: [...hand.acts, toldOf(hand.street, view)],
    },
    view,
  );
}

function toldOf(street: string, { pos, act, to, all_in, lapsed }: Omit<Told, 'street'>): Told {
  return { street, pos, act, to, ...(all_in && { all_in }), ...(lapsed && { lapsed }) };
}

function turn(hand: Hand, view: { run?: number; street: string; cards: string[] } & Next): Hand {
  const run = view.run ?? 0;
  const boards = hand.boards.map((board, i) => (i === run ? [...board, ...view.cards] : board));
  if (run > 0) return deciding({ ...hand, boards }, view);
  const players = hand.players.map((player) => ({ ...player, bet: 0 }));
  const street: Hand = {
    ...hand,
    boards,
    players,
    street: view.street,
    price: 0,
    layers: gather(hand.layers, hand.loose, hand.players),
    loose: players.map(() => 0),
    said: hand.said.map((said) => (said === 'fold' ? said : null)),
  };
  return deciding(worth(street), view);
}

/** Says again what known cards are worth, as the board has grown. */
function worth(hand: Hand): Hand {
  const players = hand.players.map((player) => (player.cards ? { ...player, ...value(hand, player.cards) } : player));
  return { ...hand, players, you: hand.you && own(hand, hand.you.pos, hand.you.cards) };
}

function value(hand: Hand, cards: string[]): Partial<HandPlayer> {
  const board = hand.boards[0] ?? [];
  const words = made(hand.variant, cards, board);
  return { cards, ...(words && { made: words }), ...(board.length >= 3 && { best: best(hand.variant, cards, board) }) };
}

function show(hand: Hand, { pos, cards }: { pos: number; cards: string[] }): Hand {
  return withPlayer(hand, pos, { ...value(hand, cards), mucked: false });
}

/** One who wants it once settles it; two boards lie there when all wanted it twice. */
function answer(hand: Hand, runs: number): Hand {
  const [board] = hand.boards;
  return runs === 2 && hand.asked.length === 0 && board ? { ...hand, boards: [board, board] } : hand;
}

function giveBack(hand: Hand, { pos, amount }: { pos: number; amount: number }): Hand {
  const stack = (hand.players[pos]?.stack ?? 0) + amount;
  const next = { ...withPlayer(hand, pos, { stack }), pot: hand.pot - amount, loose: add(hand.loose, pos, -amount) };
  return { ...next, pots: gather(next.layers, next.loose, next.players), returned: { pos, amount } };
}

function award(hand: Hand, { pot, run, half, shares }: Extract<PokerEventBody, { type: 'awarded' }>['view']): Hand {
  let next = hand;
  for (const { pos, amount } of shares) {
    const player = next.players[pos];
    if (player) next = withPlayer(next, pos, { stack: player.stack + amount, won: (player.won ?? 0) + amount });
  }
  const paid = shares.reduce((sum, share) => sum + share.amount, 0);
  return { ...next, pot: hand.pot - paid, awards: [...hand.awards, { pot, run: run ?? 0, half: half ?? null, shares }] };
}

function end(hand: Hand, stacks: readonly number[]): Hand {
  const players = hand.players.map((player, pos) => ({ ...player, stack: stacks[pos] ?? player.stack, all_in: false }));
  return { ...hand, players, over: true, turn: null, asked: [], pots: [] };
}
