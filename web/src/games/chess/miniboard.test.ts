import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placement } from './miniboard';

test('pieces stand where the FEN says', () => {
  const pieces = placement('4k3/8/8/3pP3/8/8/8/R3K2R w KQ d6 0 1');
  assert.deepEqual(
    pieces.map(({ role, color, x, y }) => `${color} ${role} ${x}${y}`),
    ['black king 40', 'black pawn 33', 'white pawn 43', 'white rook 07', 'white king 47', 'white rook 77'],
  );
});

for (const fen of ['', 'nonsense', '99999999/k', '8/8/8/8/8/8/8/8/k', 'rnbqkbnrr/8']) {
  test(`"${fen}" puts no piece off the board`, () => {
    for (const { x, y } of placement(fen)) assert.ok(x >= 0 && x < 8 && y >= 0 && y < 8, `${x} ${y}`);
  });
}
