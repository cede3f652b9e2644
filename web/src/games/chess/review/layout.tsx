import type { ComponentChildren } from 'preact';
import { t } from '../../../i18n';
import { controlName, speedName } from '../../../control';
import { opposite } from '../select';
import { Walk } from '../walk';
import { ReviewBoard } from './board';
import { EnginePanel } from './enginepanel';
import { EvalBar } from './evalbar';
import { Graph } from './graph';
import { Judgement } from './judgement';
import { MovesTable } from './movestable';
import { MoveTree } from './movetree';
import { PlayerStrip } from './players';
import { Report } from './report';
import type { Review } from './review';
import { Share } from './share';
import { ROOT, nextOf } from './tree';

/** Board and players in one column; engine, moves, graph and figures beside or below it. `extra` stands first there. */
export function Layout({ review, extra }: { review: Review; extra?: ComponentChildren }) {
  const below = review.below.value;
  return (
    <>
      <section class="rv-board" aria-label={t('chess.board')}>
        <PlayerStrip review={review} color={opposite(below)} />
        <div class="rv-area">
          <EvalBar review={review} />
          <ReviewBoard review={review} />
        </div>
        <PlayerStrip review={review} color={below} />
      </section>
      <aside class="rv-side" aria-label={t('review.side-label')}>
        <About review={review} />
        {extra}
        <EnginePanel review={review} />
        <MoveTree review={review} />
        <Judgement review={review} />
        <Steps review={review} />
        <Graph review={review} />
        <Report review={review} />
        <Share review={review} />
        <MovesTable review={review} />
      </aside>
    </>
  );
}

function About({ review }: { review: Review }) {
  const { record } = review;
  if (!record) return null;
  const { opening } = record;
  return (
    <section class="rv-about panel" aria-label={t('chess.meta')}>
      <p>
        <b>{[controlName(record.control), t(record.rated ? 'chess.rated' : 'chess.casual'), speedName(record.speed)].join(' • ')}</b>
        {record.variant === 'chess960' && <span class="tag">Chess960</span>}
      </p>
      <p class="dim clip">{opening ? `${opening.eco} ${opening.name}` : t('review.no-opening')}</p>
    </section>
  );
}

function Steps({ review }: { review: Review }) {
  const at = review.at.value;
  const tree = review.tree.value;
  return (
    <div class="rv-steps">
      <Walk
        atStart={at === ROOT}
        atEnd={nextOf(tree, at) === undefined}
        onStep={(step) => review.step(step)}
        onFlip={() => (review.flipped.value = !review.flipped.value)}
      />
    </div>
  );
}
