import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clamp, presetTo, stride } from './sizes';
import type { Preset, Spread } from './sizes';

const facing: Spread = { legal: { call: 450, min_to: 900, max_to: 4850, step: 1 }, pot: 2890, bet: 0, stack: 4850, bigBlind: 50 };

const rows: { name: string; spread: Spread; preset: Preset; to: number }[] = [
  { name: 'min', spread: facing, preset: 'min', to: 900 },
  { name: 'half the pot after the call', spread: facing, preset: 'half', to: 450 + 1670 },
  { name: 'three quarters', spread: facing, preset: 'most', to: 450 + 2505 },
  { name: 'the pot', spread: facing, preset: 'pot', to: 450 + 3340 },
  { name: 'no more than the stack', spread: { ...facing, pot: 9000 }, preset: 'pot', to: 4850 },
  { name: 'nothing to call: half of what lies there', spread: { ...facing, legal: { ...facing.legal, call: 0, min_to: 50 }, pot: 300 }, preset: 'half', to: 150 },
  { name: 'the own bet counts', spread: { ...facing, bet: 50, legal: { ...facing.legal, call: 100 }, pot: 225 }, preset: 'pot', to: 900 },
  { name: 'pot limit is what the server says', spread: { ...facing, legal: { ...facing.legal, max_to: 3790 } }, preset: 'max', to: 3790 },
];
for (const { name, spread, preset, to } of rows) test(`preset: ${name}`, () => assert.equal(presetTo(spread, preset), to));

test('sizes are clamped to what is legal, and to its steps', () => {
  const legal = { call: 0, min_to: 100, max_to: 1050, step: 100 };
  assert.deepEqual([0, 149, 151, 1049, 1050, 5000].map((to) => clamp(legal, to)), [100, 100, 200, 1000, 1050, 1050]);
});

test('one size only', () => {
  const legal = { call: 50, min_to: 100, max_to: 100, step: 1 };
  assert.equal(clamp(legal, 75), 100);
});

test('a stride is a big blind, and less where there is little room', () => {
  assert.equal(stride(facing), 50);
  assert.equal(stride({ ...facing, legal: { ...facing.legal, max_to: 1000 } }), 5);
});
