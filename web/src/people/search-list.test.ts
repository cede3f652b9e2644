import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksLikePrefix, moveIn } from './search-list';

const moves: [number, number, string, number | null][] = [
  [3, -1, 'ArrowDown', 0],
  [3, 2, 'ArrowDown', 0],
  [3, -1, 'ArrowUp', 2],
  [3, 0, 'ArrowUp', 2],
  [3, 1, 'a', null],
  [0, -1, 'ArrowDown', null],
];
for (const [length, at, key, want] of moves) test(`${key} at ${at} of ${length}`, () => assert.equal(moveIn(length, at, key), want));

test('what names begin with', () => {
  assert.deepEqual(['A', 'a-_9', '', 'ä', 'a b', 'x'.repeat(21)].map(looksLikePrefix), [true, true, false, false, false, false]);
});
