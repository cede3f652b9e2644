import '../css/board.css';
import './review.css';
import { effect } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { addMessages, t } from '../../../i18n';
import type { PageProps } from '../../../router';
import { Message } from '../../../ui/message';
import { Problem } from '../../../ui/refusal';
import { PageSkeleton } from '../../../ui/skeleton';
import { usePageTitle } from '../../../ui/title';
import { Refused, online } from '../../../socket';
import chess from '../en.json';
import { reviewApi } from './api';
import type { GameRecord } from './api';
import en from './en.json';
import { useReviewKeys } from './keys';
import { Layout } from './layout';
import { Review } from './review';
import { plyHash } from './share';

addMessages(chess);
addMessages(en);

/** The page to look back at a game that is over, `/g/:id/review`. */
export default function ReviewPage({ params }: PageProps) {
  const table = params['id'] ?? '';
  const { record, problem, again } = useRecord(table);
  if (record?.running) return <Running table={table} />;
  if (record) return <Shown record={record} />;
  if (!problem) return <PageSkeleton full />;
  const gone = problem instanceof Refused && problem.status === 404;
  return (
    <Message title={t(gone ? 'chess.unknown.title' : 'review.broken')} text={gone ? t('chess.unknown.text') : ''}>
      {!gone && <Problem reason={problem} retry={again} />}
    </Message>
  );
}

function useRecord(table: string): { record: GameRecord | null; problem: unknown; again: () => Promise<void> } {
  const [record, setRecord] = useState<GameRecord | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const load = (): Promise<void> => reviewApi.game(table).then((found) => (setRecord(found), setProblem(null)), setProblem);
  const connected = online.value;
  useEffect(() => void load(), [table]);
  useEffect(() => {
    if (connected && problem instanceof Refused && problem.code === 'offline') void load();
  }, [connected]);
  return { record, problem, again: load };
}

function Running({ table }: { table: string }) {
  return (
    <Message title={t('review.running.title')} text={t('review.running.text')}>
      <a class="btn btn-primary" href={`/g/${table}`}>
        {t('review.to-game')}
      </a>
    </Message>
  );
}

function Shown({ record }: { record: GameRecord }) {
  const review = useMemo(() => new Review(record, record.initialFen), [record]);
  const names = { white: nameOf(record, 0), black: nameOf(record, 1) };
  usePageTitle(t('review.title', names));
  useReviewKeys(review);
  useEffect(() => {
    void review.analysis?.resume();
    const unfollow = followHash(review);
    return () => {
      unfollow();
      review.local.stop();
      review.analysis?.stop();
    };
  }, [review]);
  return (
    <main id="main" class="review">
      <h1 class="vh">{t('review.heading', names)}</h1>
      <Layout review={review} />
    </main>
  );
}

function nameOf(record: GameRecord, seat: number): string {
  return record.players[seat]?.name || t('review.nobody');
}

/** Browsers refuse to be told a new address more than about a hundred times in half a minute: so many ms lie between two times. */
const SETTLED = 400;

/** The address names the place in the game, `#23`: read now and when it changes, written at once, but not more often than browsers stand. */
function followHash(review: Review): () => void {
  const read = (): void => {
    const ply = /^#(\d{1,4})$/.exec(location.hash)?.[1];
    if (ply !== undefined) review.goToPly(Number(ply));
  };
  read();
  const start = review.at.peek();
  let timer: ReturnType<typeof setTimeout>;
  let first = true;
  let written = -SETTLED;
  const write = (): void => {
    clearTimeout(timer);
    written = performance.now();
    history.replaceState(history.state, '', location.pathname + location.search + plyHash(review));
  };
  const end = effect(() => {
    plyHash(review);
    clearTimeout(timer);
    if (!first) timer = setTimeout(write, Math.max(0, written + SETTLED - performance.now()));
    first = false;
  });
  const flush = (): void => void (review.at.peek() !== start && write());
  addEventListener('hashchange', read);
  addEventListener('pagehide', flush);
  return () => {
    clearTimeout(timer);
    end();
    removeEventListener('hashchange', read);
    removeEventListener('pagehide', flush);
  };
}
