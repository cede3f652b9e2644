import { t } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Problem } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';
import { Refused } from '../../../socket';
import { colorOf } from '../select';
import { colorName } from '../speech';
import type { AnalysisOf } from './analysis';
import type { Analysis } from './api';
import { playing } from './local';
import { engineSupported } from './stockfish';
import type { Review } from './review';
import { moverOf } from './review';
import type { MoveClass } from './winning';
import { classMark, evalOf } from './words';

/** The review of the whole game: asked for, on its way, or there with its figures. */
export function Report({ review }: { review: Review }) {
  const { analysis } = review;
  if (!analysis || (review.record?.moves.length ?? 0) < 2) return null;
  const value = analysis.value.value;
  const own = analysis.own.value;
  return (
    <section class="rv-report panel" aria-label={t('review.report')} aria-busy={own !== null}>
      {own ? <Progress label={t('review.own')} n={own.n} of={own.of} onCancel={() => analysis.cancelOwn()} /> : <State review={review} analysis={analysis} />}
      {value && (value.state === 'done' || own) && <Figures review={review} value={value} />}
      <Failures analysis={analysis} />
    </section>
  );
}

function State({ review, analysis }: { review: Review; analysis: AnalysisOf }) {
  const value = analysis.value.value;
  if (!value) return analysis.problem.value ? <Offer review={review} analysis={analysis} /> : <Skeleton height="36px" />;
  switch (value.state) {
    case 'queued':
      return (
        <p class="row" role="status">
          {t('review.queued', { n: value.position ?? 1 })} <TakeBack analysis={analysis} value={value} />
        </p>
      );
    case 'running':
      return <Progress label={t('review.running')} n={value.n ?? 0} of={value.of ?? 0} {...(value.mine && { onCancel: () => analysis.takeBack() })} />;
    case 'done':
      return <Done value={value} />;
    case 'failed':
      return (
        <>
          <p class="problem">{value.why || t('review.failed')}</p>
          <Offer review={review} analysis={analysis} />
        </>
      );
    case 'none':
      return <Offer review={review} analysis={analysis} />;
  }
}

/** The server's engine when it has one, else the one of this browser. */
function Offer({ analysis }: { review: Review; analysis: AnalysisOf }) {
  if (analysis.value.value?.server) {
    return (
      <Button kind="primary" onPress={() => analysis.ask()}>
        {t('review.ask')}
      </Button>
    );
  }
  if (!engineSupported()) return <p class="hint">{t('review.unsupported')}</p>;
  if (playing.value) return <p class="hint">{t('review.playing')}</p>;
  return (
    <>
      <Button kind="primary" onPress={() => void analysis.review()}>
        {t('review.here')}
      </Button>
      <p class="hint">{t(analysis.storable() ? 'review.here.hint' : 'review.here.only')}</p>
    </>
  );
}

function TakeBack({ analysis, value }: { analysis: AnalysisOf; value: Analysis }) {
  return value.mine ? <Button onPress={() => analysis.takeBack()}>{t('cancel')}</Button> : null;
}

interface ProgressProps {
  label: string;
  n: number;
  of: number;
  onCancel?: () => unknown;
}

function Progress({ label, n, of, onCancel }: ProgressProps) {
  return (
    <div class="rv-progress">
      <label>
        <span>
          {label} <span class="num">{t('review.progress', { n, of })}</span>
        </span>
        <progress value={n} max={Math.max(1, of)} />
      </label>
      {onCancel && <Button onPress={onCancel}>{t('cancel')}</Button>}
    </div>
  );
}

function Done({ value }: { value: Analysis }) {
  return (
    <p class="hint rv-done">
      {value.by === 'client' && <span class="tag">{t('review.client')}</span>}
      {value.engine && <span class="clip">{value.engine}</span>}
      {value.nodes !== undefined && value.nodes > 0 && <span>{t('review.nodes', { nodes: value.nodes })}</span>}
    </p>
  );
}

const CLASSES: readonly MoveClass[] = ['inaccuracy', 'mistake', 'blunder'];

/** Accuracy and mistakes of both sides; a number leads to the next move that it counts. */
function Figures({ review, value }: { review: Review; value: Analysis }) {
  return (
    <table class="rv-figures">
      <thead>
        <tr>
          <th scope="col">
            <span class="vh">{t('review.side')}</span>
          </th>
          <th scope="col">{t('review.accuracy')}</th>
          {CLASSES.map((name) => (
            <th key={name} scope="col" title={t(`review.class.${name}`)}>
              <span class={`rv-class ${name}`} aria-hidden="true">
                {classMark(name)}
              </span>
              <span class="vh">{t(`review.class.${name}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[0, 1].map((seat) => (
          <tr key={seat}>
            <th scope="row">{review.record?.players[seat]?.name ?? colorName(colorOf(seat))}</th>
            <td class="num">{accuracyText(value.sides?.[seat]?.accuracy)}</td>
            {CLASSES.map((name) => (
              <td key={name}>
                <Count review={review} seat={seat} name={name} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function accuracyText(percent: number | null | undefined): string {
  return percent === null || percent === undefined ? '–' : `${Math.round(percent)} %`;
}

function Count({ review, seat, name }: { review: Review; seat: number; name: MoveClass }) {
  const such = review.game.value.filter(
    (node) => node.move && evalOf(review.analysis, node)?.class === name && moverOf(node.fen) === colorOf(seat),
  );
  if (such.length === 0) return <span class="num dim">0</span>;
  const next = such.find((node) => node.ply > review.node.value.ply) ?? such[0];
  return (
    <button
      type="button"
      class="rv-count num"
      aria-label={t('review.next-such', { n: such.length, name: t(`review.class.${name}`), color: colorName(colorOf(seat)) })}
      onClick={() => next && review.go(next.id)}
    >
      {such.length}
    </button>
  );
}

function Failures({ analysis }: { analysis: AnalysisOf }) {
  const reason = analysis.problem.value;
  if (analysis.unsaved.value && !analysis.own.value) {
    return (
      <div class="problem" role="alert">
        <span>{t('review.unsaved')}</span> <Button onPress={() => analysis.save()}>{t('retry')}</Button>
      </div>
    );
  }
  if (!reason || (reason instanceof Refused && reason.status === 404)) return null;
  return <Problem reason={reason} retry={() => analysis.look()} />;
}
