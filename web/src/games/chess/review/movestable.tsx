import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { formatClock, formatSpent } from '../clock';
import { turnOf } from '../rules';
import { colorName } from '../speech';
import type { Review } from './review';
import { moverOf } from './review';
import type { TreeNode } from './tree';
import { nodeOf, numberOf } from './tree';
import { scoreText } from './winning';
import { evalOf } from './words';

/** All moves as a plain table, for who reads with ears: time, evaluation and class of each. Made when it is opened. */
export function MovesTable({ review }: { review: Review }) {
  const [open, setOpen] = useState(false);
  const moves = review.game.value.slice(1);
  if (moves.length === 0) return null;
  return (
    <details class="rv-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('review.table')}</summary>
      {open && (
        <table>
          <thead>
            <tr>
              {['number', 'color', 'move', 'spent', 'clock', 'eval', 'class'].map((name) => (
                <th key={name} scope="col">
                  {t(`review.table.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {moves.map((node) => (
              <Row key={node.id} review={review} node={node} />
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function Row({ review, node }: { review: Review; node: TreeNode }) {
  const { number } = numberOf(nodeOf(review.tree.value, node.parent).fen);
  const { spentMs, leftMs } = review.record?.moves?.[node.ply - 1] ?? {};
  const found = evalOf(review.analysis, node);
  return (
    <tr>
      <td class="num">{number}</td>
      <td>{colorName(moverOf(node.fen))}</td>
      <th scope="row">
        <button type="button" class="rv-count" onClick={() => review.go(node.id)}>
          {node.move?.san}
        </button>
      </th>
      <td class="num">{spentMs === undefined ? '' : formatSpent(spentMs)}</td>
      <td class="num">{leftMs === undefined ? '' : formatClock(leftMs)}</td>
      <td class="num">{found ? scoreText(found, turnOf(node.fen)) : ''}</td>
      <td>{found?.class ? t(`review.class.${found.class}`) : ''}</td>
    </tr>
  );
}
