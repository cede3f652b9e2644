import { useEffect, useRef } from 'preact/hooks';
import { games as kinds } from '../../games/list';
import { t } from '../../i18n';
import { people, pgnOfAll } from '../../people/api';
import type { PastGame, Profile } from '../../people/api';
import { noFilters, readFilters, setFilters, withFilters } from '../../people/filters';
import type { Filters } from '../../people/filters';
import { LoadMore } from '../../people/load-more';
import { usePages } from '../../people/pages';
import type { Pages } from '../../people/pages';
import { query, replaceQuery } from '../../router';
import { me } from '../../store';
import { Icon } from '../../ui/icons';
import { mention } from '../../ui/live';
import { Skeleton } from '../../ui/skeleton';
import { FilterForm } from './filter-form';
import { GameRows } from './game-row';

function change(filters: Filters): void {
  replaceQuery(withFilters(query.peek(), filters));
}

/** All finished games of a user; which ones stands in the URL. */
export function GamesTab({ profile: { user } }: { profile: Profile }) {
  const filters = readFilters(query.value);
  const set = setFilters(filters);
  const pages = usePages<PastGame>(`games ${user.id} ${JSON.stringify(set)}`, async (cursor) => {
    const { games, next } = await people.games(user.name, set, cursor);
    return { items: games, next: next || null };
  });
  useTold(pages);
  const filtered = Object.keys(set).length > 0;
  return (
    <div class="profile-parts">
      <FilterForm filters={filters} change={change} />
      <section class="games" aria-labelledby="games-head" aria-busy={pages.loading}>
        <h2 id="games-head" class="vh">
          {t('games.list')}
        </h2>
        {!pages.list && pages.problem === null && <LoadingRows />}
        {pages.list?.items.length === 0 && <Nothing filtered={filtered} mine={me.value?.id === user.id} />}
        {pages.list && <GameRows games={pages.list.items} />}
        <LoadMore pages={pages} />
        <p class="row profile-links">
          {(pages.list?.items.length ?? 0) > 0 && (
            <a href={pgnOfAll(user.name, set)} download>
              <Icon name="copy" size={15} /> {t('games.pgn.all')}
            </a>
          )}
          {me.value?.id === user.id && kinds.map(({ kind, library }) => library && <a key={kind} href={library.path}>{t(library.label)}</a>)}
        </p>
      </section>
    </div>
  );
}

/** Says how long the list is now, for who does not see it grow. */
function useTold({ list }: Pages<PastGame>): void {
  const count = list?.items.length ?? 0;
  const told = useRef(count);
  useEffect(() => {
    if (list && count !== told.current) mention(t('games.shown', { n: count }));
    told.current = count;
  }, [count]);
}

function LoadingRows() {
  return (
    <div class="stack" aria-busy="true">
      {[0, 1, 2, 3, 4].map((n) => (
        <Skeleton key={n} height="58px" />
      ))}
    </div>
  );
}

function Nothing({ filtered, mine }: { filtered: boolean; mine: boolean }) {
  if (filtered) {
    return (
      <p class="empty row">
        {t('games.none.filters')}
        <button type="button" class="btn" onClick={() => change(noFilters)}>
          {t('games.clear')}
        </button>
      </p>
    );
  }
  return (
    <p class="empty row">
      {t(mine ? 'games.none.mine' : 'games.none')}
      {mine && (
        <a class="btn btn-primary" href="/">
          {t('games.play')}
        </a>
      )}
    </p>
  );
}
