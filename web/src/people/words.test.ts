import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, percent, ratingName, ratingText, signed, spanName } from './words';

const now = 1_700_000_000_000;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

const gone: [number, string][] = [
  [0, 'just now'],
  [-5000, 'just now'],
  [59_999, 'just now'],
  [MINUTE, '1 minute ago'],
  [3 * HOUR, '3 hours ago'],
  [DAY, 'yesterday'],
  [29 * DAY, '29 days ago'],
  [70 * DAY, '2 months ago'],
  [800 * DAY, '2 years ago'],
];
for (const [ms, want] of gone) test(`${ms} ms ago`, () => assert.equal(ago(now - ms, now), want));

const spans: [number, string][] = [
  [0, '0 minutes'],
  [MINUTE, '1 minute'],
  [HOUR, '1 hour'],
  [47 * HOUR, '47 hours'],
  [50 * HOUR, '2 days'],
];
for (const [ms, want] of spans) test(`a span of ${ms} ms`, () => assert.equal(spanName(ms), want));

test('changes have a sign', () => assert.deepEqual([8, -8, 0, 1234].map(signed), ['+8', '−8', '0', '+1,234']));
test('percent', () => assert.deepEqual([percent(1, 3), percent(0, 0), percent(3, 3)], [33, 0, 100]));
test('a provisional rating is marked', () => assert.deepEqual([ratingText(1500, true), ratingText(1500)], ['1500?', '1500']));
test('ratings have names', () => assert.deepEqual(['blitz', 'chess960', 'new'].map(ratingName), ['Blitz', 'Chess960', 'new']));
