import { t } from '../../../i18n';
import { turnOf } from '../rules';
import type { Review } from './review';
import { scoreText, winPercent } from './winning';

/** White's share of the game as a bar beside the board, White's end where White plays from. */
export function EvalBar({ review }: { review: Review }) {
  const { fen } = review.node.value;
  const score = review.scoreShown();
  const share = score ? winPercent(score, turnOf(fen)) : 50;
  const text = score ? scoreText(score, turnOf(fen)) : t('review.eval.none');
  return (
    <div class={`rv-bar ${score ? '' : 'none'} ${review.below.value}`} role="img" aria-label={t('review.eval.is', { score: text })} title={text}>
      <i style={{ height: `${share.toFixed(1)}%` }} />
    </div>
  );
}
