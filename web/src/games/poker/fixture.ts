import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EventsMessage } from '../../wire';
import type { Room } from './state/room';
import { fromTable, reduce } from './state/reduce';
import type { PokerTable, PokerView } from './wire';

/** Tables for tests, and the play that the rules of the server recorded in testdata/wire/poker. */

export const NOW = 1_700_000_000_000;

export interface Step {
  events?: ({ type: string; view: unknown } | null)[];
  view?: PokerView;
}

export interface Play {
  seats: number;
  viewers: { seat: number | null; steps: Step[] }[];
}

/** The folder, wherever the tests were bundled to. */
function folder(): string {
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const found = join(at, 'testdata', 'wire', 'poker');
    if (existsSync(found)) return found;
  }
  throw new Error('testdata/wire/poker not found above ' + process.cwd());
}

export function plays(): { name: string; play: Play }[] {
  return readdirSync(folder())
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, play: JSON.parse(readFileSync(join(folder(), name), 'utf8')) as Play }));
}

/** A table message around a view of the game. */
export function tableOf(state: PokerView, change: Partial<PokerTable> = {}): PokerTable {
  return {
    type: 'table',
    table: 'aB3dE6gH',
    kind: 'poker',
    seq: 1,
    you: 0,
    waiting: false,
    seats: state.chairs.map((_, i) => ({ name: `Player${i + 1}`, user: `u${i + 1}` })),
    info: { origin: 'lobby', rated: false, control: { initial_ms: 30_000, increment_ms: 0 }, speed: '', created_at: NOW },
    state,
    spent_ms: [],
    clocks: null,
    deadline: null,
    rematch: { offered_by: null, table: null },
    chat: [],
    ...change,
  };
}

/** The message that tells a step, with numbers that follow on. */
export function eventsOf(step: Step, after: number): EventsMessage {
  const events = (step.events ?? []).map((event, i) => ({ seq: after + 1 + i, ...(event && { at: NOW, seat: null, ...event }) }));
  return { type: 'events', table: 'aB3dE6gH', events, clocks: null, deadline: null };
}

/** The room at a step of a play, folded from its beginning. */
export function roomAt(steps: readonly Step[], seat: number | null, index: number): Room {
  const [first, ...rest] = steps;
  if (!first?.view) throw new Error('a play begins with a view');
  let room = fromTable(tableOf(first.view, { you: seat }));
  for (const step of rest.slice(0, index)) room = reduce(room, eventsOf(step, room.seq));
  return room;
}
