import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keep, recall } from './load';
import { joined } from './pages';

test('a part goes to the end of its list', () => {
  const first = joined(null, { items: [1, 2], next: 'a' });
  assert.deepEqual(first, { items: [1, 2], next: 'a' });
  assert.deepEqual(joined(first, { items: [3], next: null }), { items: [1, 2, 3], next: null });
});

test('the oldest of too much is forgotten, and what was kept again stays', () => {
  keep('first', 1);
  keep('second', 2);
  for (let n = 0; n < 38; n++) keep(`more ${n}`, n);
  keep('first', 3);
  keep('one too many', 0);
  assert.deepEqual([recall('first'), recall('second'), recall('more 37')], [3, undefined, 37]);
});
