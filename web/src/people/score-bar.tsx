import type { Score } from './api';
import { percent } from './words';

/** Won, drawn and lost as one bar of three parts; the numbers stand in the parts and in its name. */
export function ScoreBar({ score: { win, draw, loss }, label }: { score: Score; label: string }) {
  const all = win + draw + loss;
  const parts = [
    ['win', win],
    ['draw', draw],
    ['loss', loss],
  ] as const;
  return (
    <div class="score-bar num" role="img" aria-label={label} title={label}>
      {parts.map(([name, n]) => n > 0 && (
        <span key={name} class={`score-${name}`} style={{ flexGrow: n }}>
          {percent(n, all) >= 6 ? n : ''}
        </span>
      ))}
    </div>
  );
}
