import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storyRoom } from '../story/room';
import type { Room } from '../state/room';
import { choices, holds, resolve } from './ahead';
import type { Ahead } from './ahead';

const room = storyRoom(6, 'ahead', 'holdem', 0);
const ahead = (type: Ahead['type'], amount: number): Ahead => ({ type, amount, hand: room.number, street: 'flop' });

function priced(price: number): Room {
  assert.ok(room.hand);
  return { ...room, hand: { ...room.hand, price } };
}

test('what can be set: a call is bound to its amount', () => {
  const list = choices(room).map(({ type, amount }) => [type, amount]);
  assert.deepEqual(list, [['fold', 300], ['call', 300], ['call-any', 300]]);
  assert.deepEqual(choices(priced(150)).map(({ type }) => type), ['check-fold', 'check', 'call-any']);
});

test('nothing can be set by who is to act, has folded or watches', () => {
  assert.deepEqual(choices(storyRoom(6, 'turn', 'holdem', 0)), []);
  assert.deepEqual(choices(storyRoom(6, 'visitor', 'holdem', 0)), []);
});

test('a raise drops a call and a check, and no other', () => {
  const raised = priced(900);
  const kept = (['fold', 'check-fold', 'check', 'call', 'call-any'] as const).filter((type) => holds(ahead(type, 300), raised));
  assert.deepEqual(kept, ['fold', 'check-fold', 'call-any']);
});

test('another street drops all but a fold, and another hand all', () => {
  assert.ok(room.hand);
  const turn = { ...room, hand: { ...room.hand, street: 'turn' } };
  assert.equal(holds(ahead('call-any', 300), turn), false);
  assert.equal(holds(ahead('fold', 300), turn), true);
  assert.equal(holds(ahead('fold', 300), { ...room, number: room.number + 1 }), false);
});

const facing = { call: 300, min_to: 750, max_to: 4850, step: 1 };
const free = { ...facing, call: 0 };
const rows: [string, Ahead, typeof facing, unknown][] = [
  ['fold', ahead('fold', 300), facing, { type: 'fold' }],
  ['a fold that costs nothing is a check', ahead('fold', 300), free, { type: 'check' }],
  ['check/fold facing a bet', ahead('check-fold', 0), facing, { type: 'fold' }],
  ['check facing a bet', ahead('check', 0), facing, null],
  ['call as set', ahead('call', 300), facing, { type: 'call', amount: 300 }],
  ['call of another amount', ahead('call', 200), facing, null],
  ['call any', ahead('call-any', 50), facing, { type: 'call', amount: 300 }],
  ['call any of nothing', ahead('call-any', 50), free, { type: 'check' }],
];
for (const [name, set, legal, want] of rows) test(`comes to: ${name}`, () => assert.deepEqual(resolve(set, legal), want));
