import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linePath, nearest, niceStep, place, ticks, within } from './scale';
import type { Point, Span } from './scale';

const DAY = 86_400_000;
const now = 1_700_000_000_000;
const history: Point[] = [
  [now - 400 * DAY, 1500],
  [now - 100 * DAY, 1600],
  [now - 50 * DAY, 1550],
  [now - 2 * DAY, 1580],
];

const cuts: [Span, Point[]][] = [
  ['1m', [[now - 30 * DAY, 1550], [now - 2 * DAY, 1580], [now, 1580]]],
  ['3m', [[now - 91 * DAY, 1600], [now - 50 * DAY, 1550], [now - 2 * DAY, 1580], [now, 1580]]],
  ['1y', [[now - 365 * DAY, 1500], [now - 100 * DAY, 1600], [now - 50 * DAY, 1550], [now - 2 * DAY, 1580], [now, 1580]]],
  ['all', [...history, [now, 1580]]],
];
for (const [span, want] of cuts) test(`the points within ${span}`, () => assert.deepEqual(within(history, span, now), want));

test('a rating older than the span is a level line', () => {
  assert.deepEqual(within([[now - 90 * DAY, 1500]], '1m', now), [[now - 30 * DAY, 1500], [now, 1500]]);
});
test('no points are no line', () => assert.deepEqual(within([], 'all', now), []));
test('a point of now is not doubled', () => assert.deepEqual(within([[now, 1500]], 'all', now), [[now, 1500]]));

const steps: [number, number, number][] = [
  [100, 4, 50],
  [99, 5, 20],
  [10, 5, 2],
  [1000, 3, 500],
  [0, 4, 0.5],
];
for (const [range, count, want] of steps) test(`a range of ${range} in ${count} steps`, () => assert.equal(niceStep(range, count), want));

const axes: [string, number[], number, number[]][] = [
  ['values in between', [1512, 1588], 4, [1500, 1520, 1540, 1560, 1580, 1600]],
  ['one value stands in the middle', [1500], 4, [1480, 1490, 1500, 1510, 1520]],
  ['values on the marks', [1500, 1600], 4, [1500, 1550, 1600]],
  ['nothing', [], 4, []],
];
for (const [name, values, count, want] of axes) test(`the marks of ${name}`, () => assert.deepEqual(ticks(values, count), want));

test('marks enclose every value', () => {
  for (let least = 600; least < 3000; least += 37) {
    for (const range of [0, 1, 7, 40, 333, 1900]) {
      const marks = ticks([least, least + range], 4);
      const [first, last] = [marks[0] ?? NaN, marks.at(-1) ?? NaN];
      assert.ok(first <= least && last >= least + range, `${least} + ${range}: ${marks}`);
      assert.ok(marks.length >= 2 && marks.length <= 8, `${least} + ${range}: ${marks}`);
    }
  }
});

test('a place on an axis', () => {
  assert.equal(place(15, { least: 10, most: 20 }, 100), 50);
  assert.equal(place(10, { least: 10, most: 10 }, 100), 50);
});

test('the nearest point in time', () => {
  assert.equal(nearest(history, now), 3);
  assert.equal(nearest(history, now - 74 * DAY), 2);
  assert.equal(nearest(history, 0), 0);
  assert.equal(nearest([], now), -1);
});

test('a path', () => {
  assert.equal(linePath([[0, 1], [2.26, 3]]), 'M0 1L2.3 3');
  assert.equal(linePath([[0, 1]]), '');
});
