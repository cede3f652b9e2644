import { t } from '../../../i18n';
import { Toggle } from '../../../ui/choices';
import { turnOf } from '../rules';
import { moveText } from '../movetext';
import { playing } from './local';
import type { Review } from './review';
import { ENGINE } from './stockfish';
import { nodeOf } from './tree';
import { scoreText } from './winning';
import type { EngineLine } from './uci';
import { numbered, sanLine } from './words';

const COUNTS = [1, 2, 3, 4, 5];

/** The engine of this browser: its switch, how deep it is, and its best lines for the position on the board. */
export function EnginePanel({ review }: { review: Review }) {
  const { local } = review;
  const state = local.state.value;
  const count = local.lineCount.value;
  return (
    <section class="rv-engine panel" aria-label={t('review.engine')}>
      <div class="rv-engine-head">
        {state === 'unsupported' ? (
          <p class="hint">{t('review.unsupported')}</p>
        ) : (
          <Toggle label={t('review.engine')} checked={state === 'on' || state === 'loading'} onChange={() => local.toggle()} />
        )}
        {state === 'on' && (
          <label>
            <span class="vh">{t('review.lines')}</span>
            <select class="field" value={count} onChange={(event) => local.setLines(Number(event.currentTarget.value))}>
              {COUNTS.map((n) => (
                <option key={n} value={n}>
                  {t('review.lines.n', { n })}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <Status review={review} />
      {state === 'on' && !playing.value && <Lines review={review} count={count} />}
    </section>
  );
}

function Status({ review }: { review: Review }) {
  const { local } = review;
  switch (local.state.value) {
    case 'loading':
      return (
        <label class="rv-loading">
          <span class="vh">{t('review.engine.loading')}</span>
          <progress value={local.loaded.value} max={1} />
        </label>
      );
    case 'failed':
      return (
        <p class="problem" role="alert">
          {t('review.engine.failed')}
        </p>
      );
    case 'on':
      return <p class="hint num">{playing.value ? t('review.playing') : depthText(review)}</p>;
    default:
      return null;
  }
}

function depthText(review: Review): string {
  const { local } = review;
  const line = local.lines.value[0];
  if (!review.subject.value) return t('review.engine.end');
  if (!line) return `${ENGINE} …`;
  return t('review.engine.depth', { name: ENGINE, depth: line.depth, nps: Math.round(line.nps / 1000) });
}

function Lines({ review, count }: { review: Review; count: number }) {
  const { fen } = nodeOf(review.tree.value, review.at.value);
  const lines = review.local.fen.value === fen ? review.local.lines.value : [];
  return (
    <ol class="rv-best" style={{ minHeight: `${count * 30}px` }}>
      {lines.map((line) => (
        <Line key={line.rank} review={review} fen={fen} line={line} />
      ))}
    </ol>
  );
}

/** A best line; pressed, its first move is played. */
function Line({ review, fen, line }: { review: Review; fen: string; line: EngineLine }) {
  const moves = sanLine(fen, line.pv.slice(0, 12)).map(moveText);
  return (
    <li>
      <button type="button" class="clip" title={t('review.play-best')} onClick={() => review.play(...line.pv.slice(0, 1))}>
        <b class="num">{scoreText(line.score, turnOf(fen))}</b> {numbered(fen, moves)}
      </button>
    </li>
  );
}
