import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TableEvent } from '../wire';
import { endsGame } from './finished';

const rows: [string, TableEvent[], boolean][] = [
  ['nothing', [], false],
  ['a move', [{ seq: 3, type: 'move', view: {} }], false],
  ['what I may not know', [{ seq: 3 }], false],
  ['mate', [{ seq: 3, type: 'move', view: {} }, { seq: 4, type: 'ended', view: { status: 'mate', winner: 0 } }], true],
  ['a game that was called off', [{ seq: 3, type: 'ended', view: { status: 'aborted', winner: null } }], false],
];
for (const [name, events, want] of rows) test(`${name} ${want ? 'ends' : 'does not end'} a game`, () => assert.equal(endsGame({ events }), want));
