import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { eventsOf, plays, roomAt } from './fixture';
import { Pacer, framesOf, groups } from './pacer';
import type { Room } from './state/room';
import { reduce } from './state/reduce';

const events = (...types: string[]) => types.map((type, i) => ({ seq: i + 1, type, view: {} }));

test('a street comes after the bets went in, and a showdown card by card', () => {
  const list = events('acted', 'returned', 'shown', 'shown', 'turned', 'turned', 'awarded', 'awarded', 'hand-ended');
  assert.deepEqual(groups(list).map((group) => group.events.map(({ type }) => type).join(' ')), [
    'acted returned',
    'shown shown',
    'turned',
    'turned',
    'awarded awarded hand-ended',
  ]);
});

test('what happens in one breath is one picture', () => {
  assert.equal(groups(events('hand-began', 'posted', 'posted', 'dealt')).length, 1);
  assert.equal(groups(events('acted')).length, 1);
});

test('frames end where the state ends', () => {
  const viewer = plays().find(({ name }) => name.startsWith('omaha-pot'))?.play.viewers[0];
  assert.ok(viewer);
  const { seat, steps } = viewer;
  let longest = 0;
  for (let i = 0; i < steps.length - 1; i++) {
    const room = roomAt(steps, seat, i);
    const message = eventsOf(steps[i + 1] ?? {}, room.seq);
    const frames = framesOf(room, message);
    longest = Math.max(longest, frames.length);
    assert.deepEqual(frames.at(-1)?.room, reduce(room, message));
  }
  assert.ok(longest >= 4, 'some hand ran out');
});

test('frames are shown in time, and all at once when somebody does not wait', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const shown: number[] = [];
  const pacer = new Pacer((room) => shown.push(room.seq));
  const frame = (seq: number, wait: number) => ({ room: { seq } as Room, wait });
  pacer.play([frame(1, 0), frame(2, 500), frame(3, 500)], false);
  assert.deepEqual(shown, [1]);
  mock.timers.tick(499);
  assert.deepEqual(shown, [1]);
  mock.timers.tick(1);
  assert.deepEqual(shown, [1, 2]);
  pacer.skip();
  assert.deepEqual(shown, [1, 2, 3]);
  pacer.play([frame(4, 0), frame(5, 500)], true);
  assert.deepEqual(shown.slice(-2), [4, 5]);
  mock.timers.reset();
});
