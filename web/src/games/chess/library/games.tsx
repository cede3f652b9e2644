import { t } from '../../../i18n';
import { LoadMore } from '../../../people/load-more';
import { usePages } from '../../../people/pages';
import { movesOf } from '../../../people/outcome';
import { dayName } from '../../../people/words';
import { Skeleton } from '../../../ui/skeleton';
import { ColorMark } from '../colormark';
import { library } from './api';
import type { LibraryGame } from './api';

/** The games themselves. `added` is how many the imports brought: another number asks for the list again. */
export function Games({ name, added }: { name: string; added: number }) {
  const pages = usePages<LibraryGame>(`library ${name} ${added}`, async (cursor) => {
    const { games, next } = await library.games(name, cursor);
    return { items: games, next: next || null };
  });
  const games = pages.list?.items;
  return (
    <section aria-labelledby="library-games" aria-busy={pages.loading}>
      <h2 id="library-games">{t('library.games')}</h2>
      {!games && pages.problem === null && <Skeleton height="240px" />}
      {games?.length === 0 && <p class="empty">{t('library.none')}</p>}
      <ul class="library-rows">
        {games?.map((game) => (
          <Row key={game.table} game={game} />
        ))}
      </ul>
      <LoadMore pages={pages} />
    </section>
  );
}

function Row({ game }: { game: LibraryGame }) {
  const [white, black] = [0, 1].map((seat) => game.players[seat]?.name || t('library.nobody'));
  return (
    <li>
      <a class="library-row" href={`/g/${game.table}/review`}>
        <span class="library-players">
          <span class="clip">
            <ColorMark color="white" /> {white}
          </span>
          <span class="clip">
            <ColorMark color="black" /> {black}
          </span>
        </span>
        <b class="num">{scoreOf(game)}</b>
        <span class="hint library-what">
          <span class="clip">{game.opening}</span>
          <span class="num">{t('library.moves', { n: movesOf(game.plies) })}</span>
        </span>
        <span class="num library-when">{game.ended_at === null ? '' : dayName(game.ended_at)}</span>
      </a>
    </li>
  );
}

function scoreOf({ result: { winner, status } }: LibraryGame): string {
  if (winner !== null) return winner === 0 ? '1–0' : '0–1';
  // A file may break off before the end of a game.
  return status === '' || status === 'aborted' ? '*' : '½–½';
}
