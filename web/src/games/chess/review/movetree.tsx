import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { turnOf } from '../rules';
import { moveText, showCurrent } from '../movetext';
import { outcomeText, scoreText as resultText } from '../outcome';
import type { Review } from './review';
import { ROOT, nodeOf, numberOf } from './tree';
import type { NodeId, TreeNode } from './tree';
import { scoreText } from './winning';
import { classMark, evalOf, nagMark } from './words';

/** The moves: the game in two columns, and in brackets below a move what was tried instead. */
export function MoveTree({ review }: { review: Review }) {
  const box = useRef<HTMLDivElement>(null);
  const shown = review.node.value.id;
  const tree = review.tree.value;
  useLayoutEffect(() => showCurrent(box.current), [shown, tree]);
  const moves = review.game.value.slice(1);
  const started = nodeOf(tree, ROOT);
  return (
    <div class="rv-moves" ref={box} role="region" aria-label={t('chess.moves')} tabIndex={0}>
      <Comments node={started} />
      {rowsOf(review, moves).map((row) => (
        <Row key={row.key} review={review} row={row} />
      ))}
      {moves.length === 0 && <SideLines review={review} lines={started.children} />}
      {tree.nodes.length === 1 && <p class="dim">{t('chess.no-moves')}</p>}
      <Outcome review={review} />
    </div>
  );
}

interface RowOf {
  key: NodeId;
  number: number;
  white?: TreeNode;
  black?: TreeNode;
  /** What stands below it. */
  notes: readonly string[];
  lines: readonly NodeId[];
}

/** Two moves a row; a move with something to say below it ends its row. */
function rowsOf(review: Review, moves: readonly TreeNode[]): RowOf[] {
  const tree = review.tree.value;
  const rows: RowOf[] = [];
  for (const node of moves) {
    const parent = nodeOf(tree, node.parent);
    const { number, black } = numberOf(parent.fen);
    const last = rows.at(-1);
    const joins = black && last?.white && !last.black && last.lines.length === 0 && last.notes.length === 0;
    const row: RowOf = joins ? last : { key: node.id, number, notes: [], lines: [] };
    if (!joins) rows.push(row);
    row[black ? 'black' : 'white'] = node;
    const after = node === moves.at(-1) ? node.children : [];
    row.lines = [...row.lines, ...parent.children.filter((child) => child !== node.id), ...after];
    row.notes = [...row.notes, ...node.comments];
  }
  return rows;
}

function Row({ review, row }: { review: Review; row: RowOf }) {
  const { white, black } = row;
  return (
    <>
      <div class="rv-row">
        <span class="rv-num">{row.number}.</span>
        {white ? <Move review={review} node={white} wide /> : <span class="rv-gap">…</span>}
        {black ? <Move review={review} node={black} wide /> : <span class="rv-gap">{row.lines.length > 0 && white ? '…' : ''}</span>}
      </div>
      {row.notes.map((note) => (
        <p class="rv-note" key={note}>
          {note}
        </p>
      ))}
      <SideLines review={review} lines={row.lines} />
    </>
  );
}

function SideLines({ review, lines }: { review: Review; lines: readonly NodeId[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="rv-lines">
      {lines.map((id) => (
        <div key={id}>
          <Line review={review} from={id} />
        </div>
      ))}
    </div>
  );
}

/** A side line in brackets, with the lines that branch off it in brackets of their own. */
function Line({ review, from }: { review: Review; from: NodeId }) {
  const tree = review.tree.value;
  const parts: ComponentChildren[] = [];
  let numbered = true;
  for (let id: NodeId | undefined = from; id !== undefined; id = nodeOf(tree, id).children[0]) {
    const node = nodeOf(tree, id);
    const others = id === from ? [] : nodeOf(tree, node.parent).children.slice(1);
    parts.push(<Move key={id} review={review} node={node} number={numbered} />, ' ');
    for (const note of node.comments) parts.push(<i key={note}>{note} </i>);
    for (const other of others) parts.push(<Line key={other} review={review} from={other} />, ' ');
    numbered = others.length > 0 || node.comments.length > 0;
  }
  return (
    <span class="rv-line">
      ({parts.slice(0, -1)})
    </span>
  );
}

interface MoveProps {
  review: Review;
  node: TreeNode;
  /** In the columns of the game, with its evaluation. */
  wide?: boolean;
  /** Say the number of Black's move too. */
  number?: boolean;
}

/** Arrow keys walk through the moves, so the buttons themselves are no stops of the Tab key. */
function Move({ review, node, wide = false, number = false }: MoveProps) {
  const { number: n, black } = numberOf(nodeOf(review.tree.value, node.parent).fen);
  const current = review.node.value.id === node.id;
  const found = evalOf(review.analysis, node);
  const prefix = wide ? '' : black ? (number ? `${n}... ` : '') : `${n}. `;
  return (
    <button
      type="button"
      class={`${current ? 'cur' : ''} ${found?.class ?? ''}`}
      tabIndex={-1}
      aria-current={current ? 'step' : undefined}
      title={found?.class && t(`review.class.${found.class}`)}
      onClick={() => review.go(node.id)}
    >
      {prefix}
      {moveText(node.move?.san ?? '')}
      {found?.class && <b class="rv-class">{classMark(found.class)}</b>}
      {node.nags.map(nagMark)}
      {wide && found && <small>{scoreText(found, turnOf(node.fen))}</small>}
    </button>
  );
}

function Comments({ node }: { node: TreeNode }) {
  return (
    <>
      {node.comments.map((note) => (
        <p class="rv-note" key={note}>
          {note}
        </p>
      ))}
    </>
  );
}

/** The score below the last move. */
function Outcome({ review }: { review: Review }) {
  const result = review.record?.result;
  if (!result) return null;
  return (
    <p class="rv-outcome">
      <b>{resultText(result)}</b> {outcomeText(result)}
    </p>
  );
}
