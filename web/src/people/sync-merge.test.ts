import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaults } from '../settings';
import type { Settings } from '../settings';
import { differing, merged } from './sync-merge';

const like = (part: Partial<Settings>): Settings => ({ ...defaults, ...part });

const rows: [string, Partial<Settings>, Partial<Settings>, Partial<Settings>][] = [
  ['nothing', {}, {}, {}],
  ['my change alone', { theme: 'light' }, {}, { theme: 'light' }],
  ['theirs alone', {}, { muted: true }, { muted: true }],
  ['one each', { theme: 'light' }, { muted: true }, { theme: 'light', muted: true }],
  ['both the same setting: mine is the later', { theme: 'light' }, { theme: 'dark' }, { theme: 'light' }],
];
for (const [name, mine, theirs, want] of rows) {
  test(`two browsers changed ${name}`, () => assert.deepEqual(merged(defaults, like(mine), like(theirs)), like(want)));
}

test('settings differ in any one of them', () => {
  assert.equal(differing(defaults, like({})), false);
  assert.equal(differing(defaults, like({ volume: 0.5 })), true);
});
