import type { Room } from '../state/room';
import { fromTable } from '../state/reduce';
import type { Card, HandPlayer, HandView, PokerTable, PokerView, VariantName } from '../wire';

/** Tables for looking at: every size and state without a server. Only tests and the story page of tests load this. */

export type Scenario = 'turn' | 'ahead' | 'showdown' | 'all-in' | 'twice' | 'waiting' | 'visitor' | 'asked' | 'out' | 'check';

const NAMES = ['alice', 'Borut', 'chidi', 'dagny_the_longname', 'Emre', 'Guest-4F7A', 'goro', 'Hana', 'Ines_Maria_20chars', 'Jun'];
const HOLES: Card[][] = [
  ['Ah', 'Kh', 'Qd', '9d'],
  ['7s', '7d', '8d', '9s'],
  ['Tc', '9c', '2c', '3d'],
  ['Ad', 'Ac', '5d', '6d'],
];
const BOARD: Card[] = ['Qh', '7h', 'Jc', '2d', 'Th'];

/** A room of that many seats with everything on the table that can be there. */
export function storyRoom(seats: number, scenario: Scenario, variant: VariantName, now: number): Room {
  const hand = handOf(seats, scenario, variant);
  const view: PokerView = {
    stakes: { variant, structure: variant === 'holdem' ? 'no-limit' : 'pot-limit', small_blind: 25, big_blind: 50, min_buy_in: 1000, max_buy_in: 10_000 },
    number: scenario === 'waiting' ? 0 : 1042,
    button: scenario === 'waiting' ? null : 1 % seats,
    chairs: Array.from({ length: seats }, (_, i) => chairOf(i, seats, scenario)),
    hand,
    result: null,
  };
  const you = scenario === 'visitor' ? null : 0;
  const message = tableMessage(view, you, now);
  return settle(fromTable(message), scenario);
}

function chairOf(i: number, seats: number, scenario: Scenario): PokerView['chairs'][number] {
  const free = (scenario === 'visitor' && i > 1) || (scenario === 'waiting' && i > 0);
  if (free) return { stack: 0 };
  return { stack: 4850 + i * 775, taken: true, ...(i === seats - 1 && seats > 5 && { out: true }), ...(scenario === 'out' && i === 0 && { out: true, owes_big: true }) };
}

function handOf(seats: number, scenario: Scenario, variant: VariantName): HandView | null {
  if (scenario === 'waiting') return null;
  const hole = variant === 'holdem' ? 2 : 4;
  const dealt = seats > 5 ? seats - 1 : seats;
  const players = Array.from({ length: dealt }, (_, i) => playerOf(i, scenario, hole)).filter((player) => scenario !== 'out' || player.seat > 0);
  const places = players.map((player, pos) => ({ ...player, pos }));
  const over = scenario === 'showdown';
  const cards = over || scenario === 'twice' ? 5 : 3;
  const board = BOARD.slice(0, cards);
  const me = places.find(({ seat }) => seat === 0);
  const everybody = places.filter((player) => !player.folded).map(({ pos }) => pos);
  return {
    variant,
    structure: variant === 'holdem' ? 'no-limit' : 'pot-limit',
    big_blind: 50,
    street: cards === 3 ? 'flop' : 'river',
    players: places,
    boards: scenario === 'twice' ? [board, [...BOARD.slice(0, 3), '3s', 'Ks']] : [board],
    pot: over ? 0 : 12_890,
    pots: over ? null : seats > 3 ? [{ amount: 1900, players: everybody }, { amount: 1240, players: everybody.slice(1) }, { amount: 650, players: everybody.slice(-2) }] : [{ amount: 900, players: everybody }],
    price: scenario === 'check' ? 0 : 450,
    over,
    ...(me && scenario !== 'visitor' && { you: { pos: me.pos, cards: (HOLES[0] ?? []).slice(0, hole), made: 'two pair, Kings and Queens' } }),
    ...turnOf(scenario, places, me),
  };
}

function turnOf(scenario: Scenario, places: HandPlayer[], me: HandPlayer | undefined): Pick<HandView, 'turn' | 'asked'> {
  const legal = { call: scenario === 'check' ? 0 : 300, min_to: 750, max_to: 4850, step: 1 };
  if (me && (scenario === 'turn' || scenario === 'check')) return { turn: { pos: me.pos, legal } };
  if (me && scenario === 'asked') return { asked: [me.pos] };
  if (scenario === 'showdown' || scenario === 'twice' || scenario === 'all-in') return {};
  return { turn: { pos: places[1]?.pos ?? 0, legal } };
}

function playerOf(i: number, scenario: Scenario, hole: number): HandPlayer {
  const folded = i === 2 || i === 6;
  const open = ['showdown', 'all-in', 'twice'].includes(scenario) && !folded && i < 4;
  const cards = (HOLES[i % HOLES.length] ?? []).slice(0, hole);
  return {
    pos: i,
    seat: i,
    stack: i === 3 ? 0 : 4850 + i * 775,
    bet: scenario === 'check' ? 0 : i === 0 ? 150 : folded ? 50 : 12_450,
    ...(folded && { folded }),
    ...(i === 3 && { all_in: true }),
    ...(open && { cards, made: i === 1 ? 'three of a kind, Sevens' : 'a pair of Aces', best: [...cards.slice(0, 2), ...BOARD.slice(0, 3)] }),
    ...(scenario === 'showdown' && i === 1 && { won: 12_890 }),
  };
}

function tableMessage(view: PokerView, you: number | null, now: number): PokerTable {
  return {
    type: 'table',
    table: 'aB3dE6gH',
    kind: 'poker',
    seq: 1,
    you,
    waiting: false,
    seats: view.chairs.map((chair, i) => (chair.taken ? { name: NAMES[i] ?? '', user: `u${i}`, ...(i % 3 === 1 && { house: 2 }) } : null)),
    info: { origin: 'lobby', rated: false, control: { initial_ms: 30_000, increment_ms: 0 }, speed: '', created_at: now },
    state: view,
    spent_ms: [],
    clocks: { left_ms: view.chairs.map(() => 30_000), running: runningOf(view), held: false, at: now },
    deadline: null,
    rematch: { offered_by: null, table: null },
    chat: [],
  };
}

function runningOf({ hand }: PokerView): number | null {
  const pos = hand?.turn?.pos;
  return pos === undefined ? null : (hand?.players[pos]?.seat ?? null);
}

/** What a description does not tell: who said what, and who was paid. */
function settle(room: Room, scenario: Scenario): Room {
  const { hand } = room;
  if (!hand) return room;
  const clocks = room.clocks && { ...room.clocks, delay_ms: 16_000 };
  const said = hand.players.map((player) => (player.folded ? 'fold' : player.pos === 1 ? 'raise' : player.pos > 1 ? 'call' : null));
  const awards = scenario === 'showdown' ? [{ pot: 0, run: 0, half: null, shares: [{ pos: 1, amount: 12_890 }] }] : [];
  return { ...room, clocks, hand: { ...hand, said: scenario === 'check' ? hand.said : (said as typeof hand.said), awards } };
}
