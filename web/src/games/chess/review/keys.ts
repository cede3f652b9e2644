import { t } from '../../../i18n';
import { announce, mention } from '../../../ui/live';
import { useShortcuts } from '../../../ui/shortcuts';
import { turnOf } from '../rules';
import type { Step } from '../walk';
import type { Review } from './review';
import { nodeOf } from './tree';
import { evalOf, nodeText, speakLine, speakScore } from './words';

/** The keys of a review: those of the game page, and the engine's. */
export function useReviewKeys(review: Review): void {
  const walk = (keys: string, step: Step) => ({ keys, label: t(`chess.nav.${step}`), run: () => say(review, () => review.step(step)) });
  const side = (keys: string, step: Step, by: 1 | -1) => ({
    ...walk(keys, step),
    run: (event: KeyboardEvent) => say(review, () => (event.shiftKey ? review.branch(by) : review.step(step))),
  });
  const branch = (keys: string, label: string, by: 1 | -1) => ({ keys, label: t(label), run: () => say(review, () => review.branch(by)) });
  useShortcuts(
    [
      side('ArrowLeft', 'back', -1),
      side('ArrowRight', 'forward', 1),
      // Listed for the sheet: the key itself arrives without its Shift, above.
      branch('Shift+ArrowLeft', 'review.key.branch-before', -1),
      branch('Shift+ArrowRight', 'review.key.branch-after', 1),
      walk('ArrowUp', 'first'),
      walk('ArrowDown', 'last'),
      walk('Home', 'first'),
      walk('End', 'last'),
      { keys: 'f', label: t('chess.flip'), run: () => (review.flipped.value = !review.flipped.value) },
      { keys: 'l', label: t('review.key.engine'), run: () => review.local.toggle() },
      { keys: 'v', label: t('review.key.eval'), run: () => announce(scoreWords(review)) },
      { keys: 'g', label: t('review.key.best'), run: () => announce(bestWords(review)) },
      { keys: 'Delete', label: t('review.key.drop'), run: () => say(review, () => review.dropBranch()) },
      { keys: 'Escape', label: t('chess.key.escape'), run: () => review.promotion.value && review.cancelPromotion() },
    ],
    [review],
  );
}

/** Does a step, and says where it led. */
function say(review: Review, step: () => void): void {
  const before = review.at.value;
  step();
  if (review.at.value !== before) mention(nodeText(review, review.node.value));
}

function scoreWords(review: Review): string {
  const score = review.scoreShown();
  return score ? speakScore(score, review.node.value.fen) : t('review.eval.none');
}

function bestWords(review: Review): string {
  const node = nodeOf(review.tree.value, review.at.value);
  const { local } = review;
  const live = local.fen.value === node.fen ? local.lines.value[0]?.pv : undefined;
  const stored = evalOf(review.analysis, node);
  const moves = live ?? stored?.pv ?? (stored?.best ? [stored.best] : []);
  if (moves.length === 0) return t('review.say.no-best');
  const color = t(`chess.color.${turnOf(node.fen)}`);
  return t('review.say.best', { color, line: speakLine(node.fen, moves) });
}
