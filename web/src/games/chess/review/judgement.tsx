import { t } from '../../../i18n';
import { moveText } from '../movetext';
import type { Review } from './review';
import { branchStart, nodeOf } from './tree';
import type { TreeNode } from './tree';
import type { MoveClass } from './winning';
import { evalOf, numbered, sanLine } from './words';

/**
 * A word on the move shown: how bad it was and what was better, or that it is in a side line. The row is always there, so
 * that the buttons below it stay where they are.
 */
export function Judgement({ review }: { review: Review }) {
  const node = review.node.value;
  const name = evalOf(review.analysis, node)?.class;
  return (
    <div class="rv-judgement">
      {name && <Judged review={review} node={node} name={name} />}
      {branchStart(review.tree.value, review.at.value) !== undefined && (
        <button type="button" onClick={() => review.dropBranch()}>
          {t('review.drop')}
        </button>
      )}
    </div>
  );
}

function Judged({ review, node, name }: { review: Review; node: TreeNode; name: MoveClass }) {
  const parent = nodeOf(review.tree.value, node.parent);
  const before = evalOf(review.analysis, parent);
  const moves = before?.pv?.length ? before.pv : before?.best ? [before.best] : [];
  const line = sanLine(parent.fen, moves);
  const show = (): void => {
    review.go(parent.id);
    review.play(...moves);
  };
  return (
    <>
      <b class={`rv-class ${name}`}>{t(`review.class.${name}`)}</b>
      {line.length > 0 && (
        <button type="button" class="clip" title={t('review.show-best')} onClick={show}>
          {t('review.best', { line: numbered(parent.fen, line.map(moveText)) })}
        </button>
      )}
    </>
  );
}
