import { useMemo, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { formatSpent } from '../clock';
import { turnOf } from '../rules';
import { HEIGHT, areaPath, heightOf, linePath, plyAt, timeBars } from './chart';
import { phasesOf } from './phases';
import type { Review } from './review';
import { ROOT } from './tree';
import type { TreeNode } from './tree';
import { scoreText } from './winning';
import { evalOf, nodeText } from './words';

/**
 * White's winning chances and the time used, move by move. A slider lies over both: the pointer looks at a position, a
 * click or an arrow key goes there, and screen readers read where it is.
 */
export function Graph({ review }: { review: Review }) {
  const box = useRef<HTMLDivElement>(null);
  const line = review.game.value;
  const last = line.length - 1;
  const times = (review.record?.moves ?? []).some(({ spentMs }) => spentMs);
  const evals = line.some((node) => evalOf(review.analysis, node));
  if (last < 1 || !(evals || times)) return null;
  const under = (event: PointerEvent): number => plyAt(event.offsetX, box.current?.clientWidth ?? 0, last);
  const look = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') review.peek.value = line[under(event)]?.id ?? null;
  };
  return (
    <div class="rv-graph" ref={box}>
      {evals && <Evals review={review} line={line} />}
      {times && <Times review={review} line={line} />}
      <i class="rv-hair" style={{ left: `${percent(shownPly(review), last)}%` }} />
      <input
        type="range"
        aria-label={t('review.graph')}
        aria-valuetext={valueText(review)}
        min={0}
        max={last}
        value={shownPly(review)}
        onInput={(event) => review.goToPly(event.currentTarget.valueAsNumber)}
        onPointerMove={look}
        onPointerLeave={() => (review.peek.value = null)}
        onPointerDown={(event) => review.goToPly(under(event))}
      />
    </div>
  );
}

/** The half-move of the game shown; in a side line, of the place where it left the game. */
function shownPly(review: Review): number {
  let node = review.node.value;
  const { nodes } = review.tree.value;
  while (!node.main && node.id !== ROOT) node = nodes[node.parent] ?? node;
  return node.ply;
}

function valueText(review: Review): string {
  const node = review.node.value;
  const found = evalOf(review.analysis, node);
  const words = [nodeText(review, node), ...(found ? [scoreText(found, turnOf(node.fen))] : [])];
  const spent = review.record?.moves?.[node.ply - 1]?.spentMs;
  return [...words, ...(node.main && spent ? [formatSpent(spent)] : [])].join(', ');
}

function percent(ply: number, last: number): number {
  return Math.round((ply / last) * 1000) / 10;
}

interface PictureProps {
  review: Review;
  line: readonly TreeNode[];
}

function Evals({ review, line }: PictureProps) {
  const last = line.length - 1;
  const heights = line.map((node) => heightOf(evalOf(review.analysis, node), turnOf(node.fen)));
  return (
    <div class="rv-evals">
      <svg viewBox={`0 0 ${last} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path class="rv-area" d={areaPath(heights)} />
        <path class="rv-middle" d={`M0 ${HEIGHT / 2}H${last}`} />
        <path class="rv-path" d={linePath(heights)} />
      </svg>
      <Phases line={line} />
      {line.map((node, ply) => {
        const name = evalOf(review.analysis, node)?.class;
        const y = heights[ply];
        if (!name || y === null || y === undefined) return null;
        return <i key={ply} class={`rv-dot ${name}`} style={{ left: `${percent(ply, last)}%`, top: `${y.toFixed(1)}%` }} />;
      })}
    </div>
  );
}

function Phases({ line }: { line: readonly TreeNode[] }) {
  const last = line.length - 1;
  const { middle, end } = useMemo(() => phasesOf(line.map((node) => node.fen)), [line]);
  const marks = [
    ['middle', middle],
    ['end', end],
  ] as const;
  return (
    <>
      {marks.map(
        ([name, ply]) =>
          ply !== undefined &&
          ply > 0 && (
            <span key={name} class="rv-phase" style={{ left: `${percent(ply, last)}%` }} aria-hidden="true">
              {percent(ply, last) < 80 && t(`review.phase.${name}`)}
            </span>
          ),
      )}
    </>
  );
}

function Times({ review, line }: PictureProps) {
  const moves = review.record?.moves ?? [];
  const blackFirst = turnOf(line[0]?.fen ?? '') === 'black';
  const bars = timeBars(moves.slice(0, line.length - 1).map((move) => move.spentMs), blackFirst);
  return (
    <div class="rv-times">
      <svg viewBox={`0 0 ${line.length - 1} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {bars.map(({ ply, x, y, width, height }) => (
          <rect key={ply} class={y < HEIGHT / 2 ? 'white' : 'black'} x={x} y={y} width={width} height={height} />
        ))}
        <path class="rv-middle" d={`M0 ${HEIGHT / 2}H${line.length - 1}`} />
      </svg>
    </div>
  );
}
