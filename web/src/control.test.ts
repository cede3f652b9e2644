import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlName, daysLeft, daysOf, formatControl } from './control';
import { estimate, minuteSteps, parseControl, speedOf } from './control-choice';

test('every step of the slider is written so that it reads back', () => {
  for (const minutes of minuteSteps) {
    const control = { minutes, increment: 7 };
    assert.deepEqual(parseControl(formatControl(control)), control, formatControl(control));
  }
});

const written: [number, number, string][] = [
  [3, 2, '3+2'],
  [0.25, 0, '1/4+0'],
  [0.5, 0, '1/2+0'],
  [0.75, 1, '3/4+1'],
  [1.5, 1, '1.5+1'],
  [0, 5, '0+5'],
];
for (const [minutes, increment, want] of written) {
  test(`${minutes} minutes and ${increment} seconds are ${want}`, () => assert.equal(formatControl({ minutes, increment }), want));
}

for (const text of ['unlimited', '', '3', '3+', 'x+2', '3+2+1', '10d5']) {
  test(`"${text}" is no minutes+seconds`, () => assert.equal(parseControl(text), null));
}

/** The bounds of chess.md 2.1: up to 29 s, 179 s, 479 s, 1499 s. */
const speeds: [string, string][] = [
  ['1/4+0', 'ultraBullet'],
  ['1/2+0', 'bullet'],
  ['2+1', 'bullet'],
  ['3+0', 'blitz'],
  ['5+3', 'blitz'],
  ['8+0', 'rapid'],
  ['15+10', 'rapid'],
  ['25+0', 'classical'],
  ['30+20', 'classical'],
  ['unlimited', 'correspondence'],
];
for (const [control, want] of speeds) {
  test(`${control} is ${want}`, () => assert.equal(speedOf(control), want));
}

test('a turn of days', () => {
  assert.deepEqual(['3d', '14d', '3+2', 'unlimited', '10d5'].map(daysOf), [3, 14, 0, 0, 0]);
  assert.equal(controlName('3d'), '3 days a move');
  assert.equal(controlName('1d'), '1 day a move');
  assert.deepEqual([86_399_999, 86_400_000, 190_800_000].map(daysLeft), [null, '1 d 0 h', '2 d 5 h']);
});

test('without a clock a game is the longest', () => assert.equal(estimate('unlimited'), Infinity));
