import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MyTable } from '../../wire';
import { resumeOrder } from './resume-order';

const table = (name: string, part: Partial<MyTable> = {}): MyTable => ({
  table: name,
  kind: 'chess',
  seat: 0,
  my_turn: false,
  waiting: false,
  opponent: 'Anna',
  clocks: null,
  ...part,
});

const rows: [string, MyTable[], string][] = [
  ['nothing', [], ''],
  ['my turn before theirs', [table('a'), table('b', { my_turn: true })], 'b a'],
  ['a challenge before all', [table('a', { my_turn: true }), table('b', { waiting: true, invited: true })], 'b a'],
  ['equals as they came', [table('a'), table('b', { waiting: true }), table('c')], 'a b c'],
];
for (const [name, tables, want] of rows) {
  test(`the strip shows ${name}`, () => assert.equal(resumeOrder(tables).map((one) => one.table).join(' '), want));
}
