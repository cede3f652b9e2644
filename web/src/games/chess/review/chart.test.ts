import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaPath, heightOf, linePath, plyAt, timeBars } from './chart';
import { phasesOf } from './phases';
import { START_FEN } from './position';

test('White ahead is high, and ten pawns are as high as it goes', () => {
  assert.equal(heightOf({ cp: 0 }, 'white'), 50);
  assert.equal(heightOf({ cp: 1000 }, 'white'), heightOf({ cp: 9999 }, 'white'));
  assert.ok((heightOf({ cp: 300 }, 'white') ?? 50) < 50);
  assert.equal(heightOf(null, 'white'), null);
});

test('paths break where nothing is known', () => {
  assert.equal(linePath([50, 40.04, 60]), 'M0 50L1 40L2 60');
  assert.equal(areaPath([50, 40]), 'M0 100L0 50L1 40L1 100Z');
  assert.equal(linePath([50, 40, null, 30, 20]), 'M0 50L1 40M3 30L4 20');
  assert.equal(linePath([50, null, 40]), '', 'a single point is no line');
  assert.equal(areaPath([null, null]), '');
});

test('time bars go up for White and down for Black', () => {
  const bars = timeBars([1000, 4000, null, 0], false);
  assert.deepEqual(bars.map(({ ply, y, height }) => [ply, y, height]), [
    [1, 25, 25],
    [2, 50, 50],
    [4, 50, 1],
  ]);
  assert.equal(timeBars([4000], true)[0]?.y, 50, 'Black began');
  assert.deepEqual(timeBars([], false), []);
});

test('the half-move under the pointer', () => {
  assert.equal(plyAt(0, 300, 30), 0);
  assert.equal(plyAt(154, 300, 30), 15);
  assert.equal(plyAt(999, 300, 30), 30);
  assert.equal(plyAt(-5, 300, 30), 0);
  assert.equal(plyAt(5, 0, 30), 0, 'before it is laid out');
});

test('phases go by what stands on the board', () => {
  const middle = 'r2q1rk1/pp2bppp/8/8/8/8/PP2BPPP/R2Q1RK1 w - - 0 15';
  const end = '4r1k1/pp3ppp/8/8/8/8/PP3PPP/4R1K1 w - - 0 30';
  assert.deepEqual(phasesOf([START_FEN, START_FEN]), {});
  assert.deepEqual(phasesOf([START_FEN, middle, middle]), { middle: 1 });
  assert.deepEqual(phasesOf([START_FEN, middle, end]), { middle: 1, end: 2 });
});
