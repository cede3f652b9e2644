import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatControl } from './control';
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

test('without a clock a game is the longest', () => assert.equal(estimate('unlimited'), Infinity));
