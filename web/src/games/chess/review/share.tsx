import { signal } from '@preact/signals';
import { t } from '../../../i18n';
import { Button } from '../../../ui/button';
import { copyText } from '../../../ui/copy';
import { Icon } from '../../../ui/icons';
import { pgnUrl } from './api';
import { makePgn } from './pgn';
import type { Review } from './review';

/** Evaluations go with the PGN. */
const withEvals = signal(true);

/** The game as text and as link, and the ways on. */
export function Share({ review }: { review: Review }) {
  const { record, analysis } = review;
  const evals = analysis?.value.value?.state === 'done' ? analysis.value.value.plies : undefined;
  const copyPgn = (): Promise<void> =>
    copyText(makePgn({ record, tree: review.tree.value, evals: withEvals.value ? evals : undefined, site: pageUrl() }), t('review.pgn.copied'));
  return (
    <section class="rv-share" aria-label={t('review.share')}>
      <Button onPress={copyPgn}>
        <Icon name="copy" /> {t('review.pgn.copy')}
      </Button>
      {record && (
        <a class="btn" href={pgnUrl(record.table, withEvals.value && evals !== undefined)} download>
          {t('review.pgn.download')}
        </a>
      )}
      <Button onPress={() => copyText(review.node.value.fen, t('review.fen.copied'))}>
        <Icon name="copy" /> {t('review.fen')}
      </Button>
      {record && (
        <Button onPress={() => copyText(pageUrl() + plyHash(review), t('chess.copied'))}>
          <Icon name="link" /> {t('review.link')}
        </Button>
      )}
      {evals && (
        <label class="rv-check">
          <input type="checkbox" checked={withEvals.value} onChange={(event) => (withEvals.value = event.currentTarget.checked)} />
          {t('review.pgn.evals')}
        </label>
      )}
      <WaysOn review={review} />
    </section>
  );
}

function pageUrl(): string {
  return location.origin + location.pathname;
}

/** `#23` for the position after 23 half-moves of the game; in a side line, for where it leaves the game. */
export function plyHash(review: Review): string {
  const { nodes } = review.tree.value;
  let node = nodes[review.at.value];
  while (node && !node.main) node = nodes[node.parent];
  return `#${node?.ply ?? 0}`;
}

function WaysOn({ review }: { review: Review }) {
  const { record } = review;
  if (!record) return null;
  return (
    <p class="rv-ways">
      {!record.imported && (
        <a class="btn btn-quiet" href={`/g/${record.table}`}>
          {t('review.to-game')}
        </a>
      )}
      <a class="btn btn-quiet" href="/">
        {t('review.new-game')}
      </a>
    </p>
  );
}
