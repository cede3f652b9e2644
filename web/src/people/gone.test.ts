import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GamePlayer } from './api';
import { hasProfile, isGone } from './gone';

const rows: [string, GamePlayer, { gone: boolean; profile: boolean }][] = [
  ['somebody with an account', { name: 'Anna', user: 'u1' }, { gone: false, profile: true }],
  ['a guest', { name: 'Guest-7', user: 'u2', guest: true }, { gone: false, profile: false }],
  ['a house player', { name: 'House level 1', user: '', house: 1 }, { gone: false, profile: false }],
  ['a closed account by its name', { name: 'closed account', user: 'u3' }, { gone: true, profile: false }],
  ['a closed account by its mark', { name: 'Anna', user: 'u3', closed: true }, { gone: true, profile: false }],
  ['who only looks like one', { name: 'closed-account', user: 'u4' }, { gone: false, profile: true }],
  ['a name from elsewhere', { name: 'Morphy', user: '' }, { gone: false, profile: false }],
];
for (const [name, player, want] of rows) {
  test(name, () => assert.deepEqual({ gone: isGone(player), profile: hasProfile(player) }, want));
}
