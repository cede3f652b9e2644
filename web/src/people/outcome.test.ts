import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movesOf, outcomeOf } from './outcome';

const rows: [string, string, number | null, number | null, string][] = [
  ['the own side won', 'mate', 1, 1, 'win'],
  ['the other side won', 'outoftime', 0, 1, 'loss'],
  ['nobody won', 'stalemate', null, 0, 'draw'],
  ['it was aborted', 'aborted', null, 0, 'none'],
  ['the user had no seat', 'mate', 0, null, 'none'],
];
for (const [name, status, winner, you, want] of rows) {
  test(`the outcome when ${name}`, () => assert.equal(outcomeOf({ result: { status, winner }, you }), want));
}
test('moves of plies', () => assert.deepEqual([0, 1, 2, 61].map(movesOf), [0, 1, 1, 31]));
