import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay, noFilters, readFilters, setFilters, withFilters } from './filters';
import type { Filters } from './filters';

const queries: [string, string, Partial<Filters>][] = [
  ['nothing', '', {}],
  ['one filter', '?speed=blitz', { speed: 'blitz' }],
  ['all of them', '?speed=rapid&result=loss&color=black&opponent=Ann_1&rated=false&from=2024-01-31&to=2024-02-29', {
    speed: 'rapid', result: 'loss', color: 'black', opponent: 'Ann_1', rated: 'false', from: '2024-01-31', to: '2024-02-29',
  }],
  ['values that there are not', '?speed=warp&result=won&color=red&rated=1&from=yesterday&to=2024-02-30', {}],
  ['a name that nobody can have', '?opponent=%3Cscript%3E', {}],
  ['the first of two', '?color=white&color=black', { color: 'white' }],
  ['something else in the query', '?tab=games&color=white', { color: 'white' }],
];
for (const [name, query, want] of queries) {
  test(`filters of a query: ${name}`, () => assert.deepEqual(readFilters(query), { ...noFilters, ...want }));
}

test('filters read back from the query that they are written to', () => {
  for (const [, query] of queries) {
    const filters = readFilters(query);
    assert.deepEqual(readFilters(withFilters('?tab=games', filters)), filters, query);
  }
});

test('filters replace those of the query, and leave the rest of it', () => {
  assert.equal(withFilters('?tab=games&color=white&speed=blitz', { ...noFilters, speed: 'rapid' }), '?tab=games&speed=rapid');
  assert.equal(withFilters('?color=white', noFilters), '');
});

test('a name that is still being typed is no filter yet', () => {
  assert.deepEqual(setFilters({ ...noFilters, opponent: ' A', color: 'white' }), { color: 'white' });
  assert.deepEqual(setFilters({ ...noFilters, opponent: ' Ann ' }), { opponent: 'Ann' });
});

const days: [string, boolean][] = [
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2024-13-01', false],
  ['24-01-01', false],
  ['2024-1-1', false],
  ['', false],
];
for (const [text, want] of days) test(`"${text}" is ${want ? 'a' : 'no'} day`, () => assert.equal(isDay(text), want));
