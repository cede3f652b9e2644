import assert from 'node:assert/strict';
import { test } from 'node:test';
import { me } from '../../../store';
import { withClasses } from './analysis';
import { record } from './fixture';
import { START_FEN } from './position';
import { Review } from './review';
import { ROOT, mainAt } from './tree';
import { numbered, sanLine } from './words';

const MOVES = 'e2e4 e7e5 g1f3 d7d6 d2d4 c8g4';
const NONE = { state: 'none', server: false, mine: false } as const;
const opened = (): Review => new Review(record(MOVES), START_FEN);
const san = (review: Review): string | undefined => review.node.value.move?.san;

test('a review opens at the end of the game, from my side', () => {
  const review = opened();
  assert.equal(san(review), 'Bg4');
  assert.equal(review.below.value, 'white');
  me.value = { id: 'u2', name: 'Bob', guest: false };
  assert.equal(review.below.value, 'black');
  assert.equal(review.analysis?.storable(), true);
  me.value = { id: 'u3', name: 'Carl', guest: false };
  assert.equal(review.below.value, 'white');
  assert.equal(review.analysis?.storable(), false, 'only players may store a review');
  review.flipped.value = true;
  assert.equal(review.below.value, 'black');
});

test('moves of the hand leave the game, and go on from there', () => {
  const review = opened();
  review.goToPly(4);
  review.move('f1', 'c4');
  assert.equal(san(review), 'Bc4');
  review.move('b8', 'c6');
  assert.equal(san(review), 'Nc6');
  assert.equal(review.node.value.main, false);
  review.branch(1);
  assert.equal(san(review), 'd4');
  review.branch(-1);
  assert.equal(san(review), 'Bc4');
  review.step('last');
  assert.equal(san(review), 'Nc6');
  review.dropBranch();
  assert.equal(san(review), 'd6');
  assert.equal(review.main.value.length, 7);
});

test('the move of the game is no side line', () => {
  const review = opened();
  review.goToPly(4);
  review.move('d2', 'd4');
  assert.equal(review.at.value, mainAt(review.tree.value, 5));
});

test('a move that is not legal draws the board again', () => {
  const review = opened();
  const before = review.redraws.value;
  review.move('a1', 'a5');
  assert.equal(san(review), 'Bg4');
  assert.equal(review.redraws.value, before + 1);
});

test('a promotion waits for its piece', () => {
  const review = new Review(null, '4k3/P7/8/8/8/8/8/4K3 w - - 0 1');
  review.move('a7', 'a8');
  assert.deepEqual(review.promotion.value, { from: 'a7', to: 'a8' });
  assert.equal(review.at.value, ROOT);
  review.move('a7', 'a8', 'n');
  assert.equal(san(review), 'a8=N');
  assert.equal(review.promotion.value, null);
});

test('there is nothing to think about where the game is over', () => {
  const review = new Review(null, START_FEN);
  review.play('f2f3', 'e7e5', 'g2g4', 'd8h4');
  const thinksOf = (): string | undefined => review.subject.value?.fen.split(' ')[0];
  assert.equal(thinksOf(), undefined);
  assert.deepEqual(review.scoreShown(), { mate: 0 });
  review.step('back');
  assert.equal(thinksOf(), 'rnbqkbnr/pppp1ppp/8/4p3/6P1/5P2/PPPPP2P/RNBQKBNR');
});

test('a stored analysis belongs to the game, not to side lines', () => {
  const review = opened();
  if (review.analysis) review.analysis.value.value = { ...NONE, state: 'done', plies: [0, 10, 20, 30, 40, 50, 60].map((cp) => ({ cp })) };
  assert.deepEqual(review.scoreShown(), { cp: 60 });
  review.goToPly(2);
  assert.deepEqual(review.scoreShown(), { cp: 20 });
  review.move('f1', 'c4');
  assert.equal(review.scoreShown(), undefined);
});

test('a record that cannot be followed is shown as far as it can', () => {
  const broken = record(MOVES);
  broken.moves = [...broken.moves.slice(0, 2), { uci: 'a1a8', san: 'Ra8', spentMs: 0, leftMs: 0 }];
  assert.equal(new Review(broken, START_FEN).main.value.length, 3);
});

test('classes are filled in only where there are none', () => {
  const positions = [START_FEN, START_FEN.replace(' w ', ' b '), START_FEN].map((fen) => ({ fen, chess960: false }));
  const plies = [{ cp: 0 }, { cp: -300 }, null];
  assert.deepEqual(withClasses({ ...NONE, state: 'running', plies }, positions).plies, [{ cp: 0 }, { cp: -300, class: 'blunder' }, null]);
  const judged = [{ cp: 0 }, { cp: -300, class: 'mistake' as const }, null];
  assert.deepEqual(withClasses({ ...NONE, state: 'done', plies: judged }, positions).plies, judged);
});

test('lines are numbered from where they begin', () => {
  const review = opened();
  const { fen } = review.node.value;
  assert.equal(numbered(fen, sanLine(fen, ['d4e5', 'g4f3', 'd1f3'])), '4. dxe5 Bxf3 5. Qxf3');
  review.step('back');
  assert.equal(numbered(review.node.value.fen, ['Bg4', 'dxe5']), '3... Bg4 4. dxe5');
  assert.deepEqual(sanLine(fen, ['d4e5', 'a1a8']), ['dxe5'], 'up to the first that is not legal');
});
