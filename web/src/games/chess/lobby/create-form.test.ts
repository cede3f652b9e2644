import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fault, initial, ratingKey, readForm, toSeek, toTable } from './create-form';
import type { Form } from './create-form';

const FEN = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';
const form = (part: Partial<Form>): Form => ({ ...initial, ...part });

const faults: [string, Partial<Form>, string | null][] = [
  ['the first form', {}, null],
  ['no time at all', { minutes: 0, increment: 0 }, 'create.notime'],
  ['no minutes but seconds', { minutes: 0, increment: 1 }, null],
  ['no clock', { opponent: 'friend', clock: false, minutes: 0, increment: 0 }, null],
  ['no clock against anyone still has one', { clock: false, minutes: 0, increment: 0 }, 'create.notime'],
  ['days for every turn', { opponent: 'friend', days: 3, minutes: 0, increment: 0 }, null],
  ['a position', { opponent: 'house', variant: 'fen', fen: ` ${FEN}` }, null],
  ['no position yet', { opponent: 'house', variant: 'fen', fen: ' ' }, 'create.nofen'],
  ['a position that is none', { opponent: 'house', variant: 'fen', fen: 'e4 e5' }, 'create.badfen'],
  ['a position is left out against anyone', { variant: 'fen', fen: 'e4 e5' }, null],
];
for (const [name, part, want] of faults) {
  test(`fault: ${name}`, () => assert.equal(fault(form(part)), want));
}

test('an open challenge', () => {
  const made = toSeek(form({ minutes: 0.5, increment: 0, variant: 'chess960', color: 'black', rated: true }));
  assert.deepEqual(made, { kind: 'chess', setup: { variant: 'chess960' }, control: '1/2+0', color: 'black', rated: true });
});

const ranges: [string, Partial<Form>, number | null, object][] = [
  ['no limits', {}, 1500, {}],
  ['both limits', { below: 100, above: 200 }, 1500, { min_rating: 1400, max_rating: 1700 }],
  ['one limit', { below: 50 }, 812, { min_rating: 762 }],
  ['limits of who has no rating', { below: 100, above: 200 }, null, {}],
];
for (const [name, part, rating, want] of ranges) {
  test(`rating range: ${name}`, () => {
    const { min_rating, max_rating } = toSeek(form(part), rating);
    assert.deepEqual({ ...(min_rating && { min_rating }), ...(max_rating && { max_rating }) }, want);
  });
}

test('a variant has a rating of its own', () => {
  assert.equal(ratingKey(form({ minutes: 3, increment: 2 })), 'blitz');
  assert.equal(ratingKey(form({ minutes: 3, increment: 2, variant: 'chess960' })), 'chess960');
});

test('a game with a friend has no level, and without a clock no rating', () => {
  const made = toTable(form({ opponent: 'friend', clock: false, rated: true }));
  const want = { kind: 'chess', setup: { variant: 'standard' }, control: 'unlimited', color: 'random', opponent: 'friend' };
  assert.deepEqual(made, want);
});

test('a game by correspondence has days, and may be rated', () => {
  const made = toTable(form({ opponent: 'friend', days: 3, clock: false, rated: true }));
  assert.deepEqual([made.control, made.rated], ['3d', true]);
  assert.equal(toSeek(form({ days: 14 })).control, '14d');
  assert.equal(ratingKey(form({ days: 1 })), 'correspondence');
});

test('a game with a friend may be rated, one from a position or with a house player may not', () => {
  const rated = (part: Partial<Form>) => toTable(form({ rated: true, ...part })).rated ?? false;
  assert.equal(rated({ opponent: 'friend' }), true);
  assert.equal(rated({ opponent: 'friend', variant: 'chess960' }), true);
  assert.equal(rated({ opponent: 'friend', variant: 'fen', fen: FEN }), false);
  assert.equal(rated({ opponent: 'house' }), false);
});

test('a challenge has the name of who is asked, and one to a house player has none', () => {
  const made = toTable(form({ opponent: 'friend', rated: true }), 'Anna');
  assert.deepEqual([made.opponent, made.name, made.rated], ['user', 'Anna', true]);
  assert.equal('name' in toTable(form({ opponent: 'house' }), 'Anna'), false);
  assert.equal('name' in toTable(form({ opponent: 'friend' })), false);
});

test('a game with a house player from a position', () => {
  const made = toTable(form({ opponent: 'house', level: 3, variant: 'fen', fen: `${FEN}\n` }));
  assert.deepEqual(made.setup, { variant: 'standard', fen: FEN });
  assert.deepEqual([made.opponent, made.level, made.control], ['house', 3, '5+3']);
});

const stored: [string, string | null, Partial<Form>][] = [
  ['nothing', null, {}],
  ['no JSON', '{', {}],
  ['values', '{"opponent":"house","level":8,"minutes":0.25}', { opponent: 'house', level: 8, minutes: 0.25 }],
  ['values that there are not', '{"opponent":"dog","level":9,"minutes":7.3,"color":"red"}', {}],
  ['an increment out of range', '{"increment":-4}', { increment: 0 }],
  ['a rating range that is no step', '{"below":133,"above":9000}', { below: 150 }],
];
for (const [name, text, want] of stored) {
  test(`the form remembers ${name}`, () => assert.deepEqual(readForm(text), form(want)));
}
