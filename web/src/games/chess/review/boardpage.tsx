import '../css/board.css';
import './review.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { addMessages, t } from '../../../i18n';
import { usePageTitle } from '../../../ui/title';
import chess from '../en.json';
import en from './en.json';
import { readText } from './importtext';
import type { TextFault } from './importtext';
import { useReviewKeys } from './keys';
import { Layout } from './layout';
import { START_FEN, normalFen } from './position';
import { Review } from './review';

addMessages(chess);
addMessages(en);

/** A free board, `/analysis`, from the start or from `?fen=`: to try moves on, and to look at pasted games. */
export default function BoardPage() {
  const review = useMemo(() => new Review(null, askedFen() ?? START_FEN), []);
  usePageTitle(t('review.board.title'));
  useReviewKeys(review);
  useEffect(() => () => review.local.stop(), [review]);
  return (
    <main id="main" class="review">
      <h1 class="vh">{t('review.board.title')}</h1>
      <Layout review={review} extra={<Paste review={review} />} />
    </main>
  );
}

function askedFen(): string | undefined {
  const fen = new URLSearchParams(location.search).get('fen');
  return fen === null ? undefined : normalFen(fen.replaceAll('_', ' '));
}

/** A field that takes a game or a position. */
function Paste({ review }: { review: Review }) {
  const [fault, setFault] = useState<TextFault | null>(null);
  const load = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const found = readText(String(new FormData(form).get('text') ?? ''));
    setFault(typeof found === 'string' ? found : null);
    if (typeof found === 'string') return;
    review.load(found);
    form.reset();
  };
  return (
    <form class="rv-paste" onSubmit={load}>
      <textarea name="text" rows={2} class="field" aria-label={t('review.paste')} placeholder={t('review.paste')} spellcheck={false} />
      <button type="submit" class="btn">
        {t('review.paste.load')}
      </button>
      {fault && (
        <p class="problem" role="alert">
          {t(`review.paste.${fault}`)}
        </p>
      )}
    </form>
  );
}
