import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Seek } from '../../../wire';
import { nextRows, sorted } from './freeze';

function seek(id: string, control: string, more: Partial<Seek> = {}): Seek {
  const rest = { kind: 'chess', variant: 'standard', speed: 'blitz', color: 'random', rated: false, rating: null } as const;
  return { seek: id, name: id, mine: false, control, ...rest, ...more };
}

const a = seek('a', '10+0', { rating: 1500 });
const b = seek('b', '3+2');
const c = seek('c', '1+0', { rating: 1800 });
const mine = seek('mine', '30+0', { mine: true });

const show = (rows: readonly { seek: Seek; gone: boolean }[]) => rows.map((row) => row.seek.seek + (row.gone ? '!' : '')).join(' ');
const ids = (seeks: readonly Seek[]) => seeks.map((one) => one.seek).join(' ');

test('by time the quickest is first, mine before all', () => assert.equal(ids(sorted([a, b, mine, c], 'time')), 'mine c b a'));
test('by rating the strongest is first, those without last', () => assert.equal(ids(sorted([b, a, c], 'rating')), 'c a b'));

test('a list that may move is in order, without what has gone', () => {
  const shown = nextRows([], [a, b], { held: false, sort: 'time' });
  assert.equal(show(shown), 'b a');
  assert.equal(show(nextRows(shown, [a, c], { held: false, sort: 'time' })), 'c a');
});

test('a held list keeps every row where it is, marks what has gone, and adds at the end', () => {
  const shown = nextRows([], [a, b], { held: false, sort: 'time' });
  const held = nextRows(shown, [a, c], { held: true, sort: 'time' });
  assert.equal(show(held), 'b! a c');
  assert.equal(show(nextRows(held, [a, c, b], { held: true, sort: 'time' })), 'b a c');
});
