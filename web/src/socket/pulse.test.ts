import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pulse, backOff } from './pulse';

test('the round trip is the median of the last five', () => {
  const pulse = new Pulse();
  assert.equal(pulse.rtt(), null);
  for (const rtt of [900, 900, 900, 30, 20, 40, 10, 50]) pulse.add(0, rtt, 0, 0);
  assert.equal(pulse.rtt(), 30);
});

test('the offset is that of the quickest of the last ten', () => {
  const pulse = new Pulse();
  assert.equal(pulse.offset(), 0);
  // The server is 1000 ms ahead; a slow ping guesses wrong by the asymmetry of its way.
  pulse.add(0, 400, 51_350, 50_000);
  pulse.add(0, 20, 50_990, 50_000);
  pulse.add(0, 300, 51_300, 50_000);
  assert.equal(pulse.offset(), 1000);
});

test('a quick ping is forgotten after ten more', () => {
  const pulse = new Pulse();
  pulse.add(0, 2, 99, 0);
  for (let i = 0; i < 10; i++) pulse.add(0, 100, 150, 100);
  assert.equal(pulse.offset(), 100);
});

const waits: [number, number, number][] = [
  [0, 0.5, 500],
  [1, 0.5, 1000],
  [2, 0.5, 2000],
  [3, 0.5, 2000],
  [4, 0.5, 2000],
  [29, 0.5, 2000],
  [30, 0.5, 4000],
  [45, 0.5, 8000],
  [99, 0.5, 8000],
  [0, 0, 400],
  [0, 1, 600],
];
for (const [attempt, chance, want] of waits) {
  test(`the wait before try ${attempt} at chance ${chance}`, () => assert.equal(backOff(attempt, chance), want));
}
