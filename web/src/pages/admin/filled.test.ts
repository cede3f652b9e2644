import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled } from './filled';

const rows: [string, Record<string, string>, string[]][] = [
  ['nothing to fill', { a: 'x' }, ['nothing to fill']],
  ['{a} and {b}', { a: 'x', b: 'y' }, ['', 'x', ' and ', 'y', '']],
  ['{a}{a}', { a: 'x' }, ['', 'x', '', 'x', '']],
  ['{c} stays', { a: 'x' }, ['', '{c}', ' stays']],
  ['{a}', { a: '{b}', b: 'y' }, ['', '{b}', '']],
];
for (const [text, parts, want] of rows) {
  test(`filled(${JSON.stringify(text)}, ${JSON.stringify(parts)})`, () => assert.deepEqual(filled(text, parts), want));
}
