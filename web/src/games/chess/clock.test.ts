import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockFace, FlagClaims, emergencyMs, formatClock, formatSpent, leftAt, passedMark } from './clock';

const AT = 1_700_000_000_000;
const clocks = { left_ms: [60_000, 8_700], running: 1, held: false, at: AT };

test('formats', () => {
  const rows: [number, string][] = [
    [0, '0:00.0'], [-5, '0:00.0'], [99, '0:00.0'], [100, '0:00.1'], [8_799, '0:08.7'], [9_999, '0:09.9'],
    [10_000, '0:10'], [17_999, '0:17'], [60_000, '1:00'], [3_599_999, '59:59'], [3_600_000, '1:00:00'], [3_723_000, '1:02:03'],
  ];
  for (const [ms, want] of rows) assert.equal(formatClock(ms), want, String(ms));
});

test('time used by a move', () => {
  const rows: [number, string][] = [[0, '0.0 s'], [840, '0.8 s'], [14_200, '14 s'], [125_000, '2:05']];
  for (const [ms, want] of rows) assert.equal(formatSpent(ms), want);
});

test('the emergency is a tenth of the initial time between 5 and 30 s', () => {
  const rows: [number, number][] = [[30_000, 5_000], [60_000, 6_000], [180_000, 18_000], [600_000, 30_000]];
  for (const [initial_ms, want] of rows) assert.equal(emergencyMs({ initial_ms, increment_ms: 0 }), want);
  assert.equal(emergencyMs(null), 0);
  assert.equal(emergencyMs({ initial_ms: 0, increment_ms: 0, days: 3 }), 3_600_000);
});

test('time runs only off the running clock, never below zero, never above what was said', () => {
  assert.equal(leftAt(clocks, 0, AT + 5000), 60_000);
  assert.equal(leftAt(clocks, 1, AT + 5000), 3_700);
  assert.equal(leftAt(clocks, 1, AT + 50_000), 0);
  assert.equal(leftAt(clocks, 1, AT - 300), 8_700);
  assert.equal(leftAt({ ...clocks, held: true }, 1, AT + 5000), 8_700);
});

test('a shown clock never jumps forward between two messages', () => {
  const face = new ClockFace(1);
  assert.equal(face.shown(clocks, AT + 2000), 6_700);
  assert.equal(face.shown(clocks, AT + 1500), 6_700); // the estimate of the server's time was corrected
  assert.equal(face.shown(clocks, AT + 2500), 6_200);
  assert.equal(face.shown({ ...clocks, left_ms: [60_000, 8_200], running: 0 }, AT + 2600), 8_200); // said by the server
});

test('marks are passed once', () => {
  assert.equal(passedMark(30_016, 30_000), 30);
  assert.equal(passedMark(30_000, 29_984), undefined);
  assert.equal(passedMark(11_000, 4_000), 10);
  assert.equal(passedMark(5_001, 4_990), 5);
});

test('a flag is claimed at zero, then every second, ten times at most', () => {
  const claims = new FlagClaims();
  assert.equal(claims.due(clocks, 1, 0), false);
  assert.equal(claims.due(clocks, 0, 0), true);
  assert.equal(claims.due(clocks, 0, 16), false);
  assert.equal(claims.due(clocks, 0, 1000), true);
  let asked = 2;
  for (let now = 2000; now < 60_000; now += 1000) if (claims.due(clocks, 0, now)) asked += 1;
  assert.equal(asked, 10);
  assert.equal(claims.due({ ...clocks }, 0, 60_000), true); // the server has spoken since
});
