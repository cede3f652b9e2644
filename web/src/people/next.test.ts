import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPath, withNext } from './next';

const rows: [string, string, string][] = [
  ['nothing', '', '/'],
  ['a page', '?next=/@/Ann?tab=games', '/@/Ann?tab=games'],
  ['an encoded page', '?next=%2F%40%2FAnn%3Ftab%3Dgames%26speed%3Dblitz', '/@/Ann?tab=games&speed=blitz'],
  ['another site', '?next=https://example.org/', '/'],
  ['another site without a scheme', '?next=//example.org', '/'],
  ['another site with a backslash', '?next=/%5Cexample.org', '/'],
  ['a script', '?next=javascript:alert(1)', '/'],
  ['a line break', '?next=/%0A/example.org', '/'],
];
for (const [name, query, want] of rows) test(`the next page of ${name}`, () => assert.equal(nextPath(query), want));

test('a link comes back to where it was', () => {
  assert.equal(nextPath(withNext('/login', '/@/Ann?tab=games&speed=blitz').replace('/login', '')), '/@/Ann?tab=games&speed=blitz');
  assert.equal(withNext('/login', '/'), '/login');
});
