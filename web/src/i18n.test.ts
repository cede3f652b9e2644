import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { addMessages, t } from './i18n';
import type { Catalogue } from './i18n';

addMessages({
  'test.plain': 'Hello {name}, {name}',
  'test.n': { one: '{n} game', other: '{n} games' },
});

const rows: [string, Record<string, string | number>, string][] = [
  ['test.plain', { name: 'Ada' }, 'Hello Ada, Ada'],
  ['test.plain', {}, 'Hello {name}, {name}'],
  ['test.plain', { name: '{name}' }, 'Hello {name}, {name}'],
  ['test.n', { n: 1 }, '1 game'],
  ['test.n', { n: 0 }, '0 games'],
  ['test.n', { n: 12345 }, '12,345 games'],
  ['test.none', {}, 'test.none'],
];
for (const [key, vars, want] of rows) {
  test(`t(${key}, ${JSON.stringify(vars)})`, () => assert.equal(t(key, vars), want));
}

/** Every file of the client's source below a folder of it. */
function sources(ending: string): string[] {
  return readdirSync('src', { recursive: true })
    .map((name) => join('src', String(name)))
    .filter((name) => name.endsWith(ending));
}

const catalogues = sources('en.json').map((name) => [name, JSON.parse(readFileSync(name, 'utf8')) as Catalogue] as const);

test('no key is in two catalogues', () => {
  const seen = new Map<string, string>();
  for (const [name, catalogue] of catalogues) {
    for (const key of Object.keys(catalogue)) {
      assert.equal(seen.get(key), undefined, `${key} of ${name}`);
      seen.set(key, name);
    }
  }
});

test('every plain key that the code asks for has a text', () => {
  const known = new Set(catalogues.flatMap(([, catalogue]) => Object.keys(catalogue)));
  const missing: string[] = [];
  for (const name of [...sources('.ts'), ...sources('.tsx')].filter((one) => !one.includes('.test.'))) {
    for (const [, key] of readFileSync(name, 'utf8').matchAll(/\bt\('([^']+)'/g)) {
      if (key !== undefined && !known.has(key)) missing.push(`${key} in ${name}`);
    }
  }
  assert.deepEqual(missing, []);
});
