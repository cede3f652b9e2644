import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strength } from './strength';
import type { Strength } from './strength';

const rows: [string, string, Strength][] = [
  ['too few characters', 'x7-Kq!', 'short'],
  ['one letter', 'aaaaaaaaaaaaaaaa', 'weak'],
  ['a run of digits', '01234567890123', 'weak'],
  ['a row of keys', 'qwertyuiopasdf', 'weak'],
  ['two letters in turn', 'abababababab', 'weak'],
  ['a common word and digits', 'password1234', 'weak'],
  ['the own name twice', 'BertholdBerthold1', 'weak'],
  ['ten letters of no word', 'vkqhzmrwtd', 'fair'],
  ['four words', 'correct horse battery staple', 'good'],
  ['many kinds', 'T7#v-pQz!9rLw_x', 'good'],
];
for (const [name, password, want] of rows) test(`a password of ${name} is ${want}`, () => assert.equal(strength(password, ['Berthold']), want));
