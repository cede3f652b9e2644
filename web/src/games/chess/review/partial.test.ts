import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePartial } from './partial';

const rows: [string, string | null, number, object[]][] = [
  ['nothing', null, 3, []],
  ['no JSON', '{', 3, []],
  ['no list', '{"cp":3}', 3, []],
  ['a beginning', '[{"cp":30,"best":"e2e4"},{"mate":-2}]', 5, [{ cp: 30, best: 'e2e4' }, { mate: -2 }]],
  ['more than the game has', '[{"cp":1},{"cp":2}]', 1, [{ cp: 1 }]],
  ['a hole', '[{"cp":1},null,{"cp":3}]', 3, [{ cp: 1 }]],
  ['something else', '[{"cp":1},{"cp":"high"}]', 3, [{ cp: 1 }]],
];
for (const [name, stored, count, want] of rows) {
  test(`of a review is kept: ${name}`, () => assert.deepEqual(parsePartial(stored, count), want));
}
