import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOf, scoreText, winPercent } from './winning';
import type { MoveClass, Score } from './winning';
import type { Color } from '../rules';

const percents: [Score, Color, number][] = [
  [{ cp: 0 }, 'white', 50],
  [{ cp: 100 }, 'white', 59.1],
  [{ cp: -100 }, 'white', 40.9],
  [{ cp: 1000 }, 'white', 97.5],
  [{ cp: 5000 }, 'white', 97.5],
  [{ mate: 12 }, 'white', 97.5],
  [{ mate: -1 }, 'white', 2.5],
  [{ mate: 0 }, 'white', 2.5],
  [{ mate: 0 }, 'black', 97.5],
];
for (const [score, toMove, want] of percents) {
  test(`the winning percentage of ${JSON.stringify(score)}, ${toMove} to move`, () => assert.equal(Number(winPercent(score, toMove).toFixed(1)), want));
}

const texts: [Score, Color, string][] = [
  [{ cp: 34 }, 'white', '+0.3'],
  [{ cp: -120 }, 'black', '-1.2'],
  [{ cp: 4 }, 'white', '0.0'],
  [{ cp: -4 }, 'white', '0.0'],
  [{ mate: 3 }, 'white', '#3'],
  [{ mate: -3 }, 'white', '#-3'],
  [{ mate: 0 }, 'black', '1-0'],
  [{ mate: 0 }, 'white', '0-1'],
];
for (const [score, toMove, want] of texts) test(`${JSON.stringify(score)} is ${want}`, () => assert.equal(scoreText(score, toMove), want));

// The losses are on the scale from -1 to +1: 0.1 is what 55 centipawns are from an even position.
const classes: [string, Score, Score, Color, MoveClass | undefined][] = [
  ['nothing lost', { cp: 20 }, { cp: 20 }, 'white', undefined],
  ['a little lost', { cp: 0 }, { cp: -50 }, 'white', undefined],
  ['an inaccuracy', { cp: 0 }, { cp: -60 }, 'white', 'inaccuracy'],
  ['a mistake', { cp: 0 }, { cp: -115 }, 'white', 'mistake'],
  ['a blunder', { cp: 0 }, { cp: -180 }, 'white', 'blunder'],
  ['a blunder of Black', { cp: 0 }, { cp: 180 }, 'black', 'blunder'],
  ['a gift to Black is not Black\'s fault', { cp: 0 }, { cp: -180 }, 'black', undefined],
  ['lost anyway', { cp: -900 }, { cp: -2000 }, 'white', undefined],
  ['ran into a mate', { cp: 0 }, { mate: -4 }, 'white', 'blunder'],
  ['ran into a mate when lost', { cp: -800 }, { mate: -4 }, 'white', 'mistake'],
  ['ran into a mate when quite lost', { cp: -1200 }, { mate: -4 }, 'white', 'inaccuracy'],
  ['missed a mate', { mate: 3 }, { cp: 100 }, 'white', 'blunder'],
  ['missed a mate of Black\'s', { mate: -3 }, { cp: -1500 }, 'black', 'inaccuracy'],
  ['a mate turned round', { mate: 3 }, { mate: -2 }, 'white', 'blunder'],
  ['a slower mate', { mate: 3 }, { mate: 5 }, 'white', undefined],
  ['mates', { mate: 1 }, { mate: 0 }, 'white', undefined],
  ['found a mate', { cp: 300 }, { mate: 6 }, 'white', undefined],
];
for (const [name, before, after, mover, want] of classes) {
  test(`the class of a move that ${name}`, () => assert.equal(classOf(before, after, mover), want));
}
