import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsOf, plays, roomAt, tableOf } from '../fixture';
import type { Step } from '../fixture';
import type { PokerView } from '../wire';
import { fromTable, reduce } from './reduce';
import type { Hand } from './hand';
import type { Room } from './room';

/** What nobody sees a difference of: nothing, false, 0 and no list are as good as left out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner && !(Array.isArray(inner) && inner.length === 0)));
}

function handView({ layers, loose, antes, opening, said, awards, returned, acts, ...view }: Hand): unknown {
  return view;
}

/** What the room says of the game, in the server's own form. */
function viewOf(room: Room): unknown {
  const { stakes, number, button, chairs, hand, result, level, prizes } = room;
  const course = { level, level_until: room.levelUntil, break: room.breakUntil, prizes };
  return { stakes, number, button, chairs, hand: hand && handView(hand), acts: hand?.acts, result, ...course };
}

function compare(room: Room, view: PokerView, where: string): void {
  assert.deepEqual(plain(viewOf(room)), plain(view), where);
}

/** Folds from one step with a view to the end, and compares at every other one. */
function follow(steps: readonly Step[], seat: number | null, from: number, name: string): number {
  const view = steps[from]?.view;
  if (!view) return 0;
  let compared = 0;
  let room = fromTable(tableOf(view, { you: seat }));
  for (const [i, step] of steps.entries()) {
    if (i <= from) continue;
    room = reduce(room, eventsOf(step, room.seq));
    if (!step.view) continue;
    compare(room, step.view, `${name}, seat ${seat}, from ${from} to ${i}`);
    compared += 1;
  }
  return compared;
}

for (const { name, play } of plays()) {
  test(`events lead to what the server shows: ${name}`, () => {
    let compared = 0;
    for (const { seat, steps } of play.viewers) {
      for (const from of steps.keys()) compared += follow(steps, seat, from, name);
    }
    assert.ok(compared > 5, `${compared} views compared`);
  });
}

test('what is known already changes nothing, and a gap is noticed', () => {
  const { seat, steps } = plays()[0]!.play.viewers[0]!;
  const room = roomAt(steps, seat, 12);
  const again = reduce(room, eventsOf(steps[5]!, room.seq - 3));
  assert.deepEqual({ ...again, clocks: null }, { ...room, clocks: null });
  const gap = reduce(room, { ...eventsOf(steps[13]!, room.seq + 5) });
  assert.equal(gap.stale, true);
});
