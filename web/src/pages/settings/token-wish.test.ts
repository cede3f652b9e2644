import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wishOf } from './token-wish';

const rows: [string, string, ReturnType<typeof wishOf>][] = [
  ['nothing', '', { name: '', scopes: [], unknown: [] }],
  [
    'as lichess-bot writes it',
    '?scopes[]=bot:play&scopes[]=challenge:read&description=My+bot',
    { name: 'My bot', scopes: ['bot:play', 'challenge:read'], unknown: [] },
  ],
  ['encoded', '?scopes%5B%5D=board%3Aplay', { name: '', scopes: ['board:play'], unknown: [] }],
  ['a scope that is not here', '?scopes[]=puzzle:read&scopes[]=puzzle:read&scopes[]=email:read', { name: '', scopes: ['email:read'], unknown: ['puzzle:read'] }],
  ['a long name', `?description=${'a'.repeat(60)}`, { name: 'a'.repeat(40), scopes: [], unknown: [] }],
];
for (const [name, search, want] of rows) {
  test(`a link to a new token: ${name}`, () => assert.deepEqual(wishOf(search), want));
}
