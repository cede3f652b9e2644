import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plays, roomAt } from '../fixture';
import type { Room } from '../state/room';
import type { Chair } from '../wire';
import { owes, refill } from './upkeep';

const { seat, steps } = plays()[0]!.play.viewers[0]!;
const stakes = { min_buy_in: 100, max_buy_in: 1000 };

/** A cash table whose hand runs or is over, with the own chair changed. */
function cash(over: boolean, change: Partial<Chair>): Room {
  const room = roomAt(steps, seat, 12);
  const chairs = room.chairs.map((chair, i) => (i === room.you ? { ...chair, out: false, stack: 600, taken: true, ...change } : { ...chair, out: false }));
  return { ...room, chairs, stakes: { ...room.stakes, ...stakes }, hand: room.hand && { ...room.hand, over, turn: null } };
}

const rows: [string, Partial<Chair>, number][] = [
  ['what was lost', {}, 400],
  ['all of it', { stack: 0 }, 1000],
  ['what does not come yet', { coming: 150 }, 250],
  ['nothing above the most', { stack: 1400 }, 0],
  ['nothing while sitting out', { out: true }, 0],
  ['nothing on the way out', { leaving: true }, 0],
];
for (const [name, change, want] of rows) {
  test(`bought back after a hand: ${name}`, () => assert.equal(refill(cash(false, change), cash(true, change)), want));
}

test('nothing is bought back in a hand, between hands, and in a tournament', () => {
  const [running, over] = [cash(false, {}), cash(true, {})];
  assert.equal(refill(running, running), 0);
  assert.equal(refill(over, over), 0);
  assert.equal(refill(null, over), 0);
  const { max_buy_in, ...entry } = over.stakes;
  assert.equal(refill(running, { ...over, stakes: entry }), 0);
});

test('a blind is posted by who owes it and waits', () => {
  assert.equal(owes(cash(true, { owes_big: true })), true);
  assert.equal(owes(cash(true, { owes_big: true, posts: true })), false);
  assert.equal(owes(cash(true, { owes_big: true, out: true })), false);
  assert.equal(owes(cash(true, {})), false);
});
