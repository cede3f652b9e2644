import { games, ratingKeys } from '../../games/list';
import { addMessages, t } from '../../i18n';
import { people } from '../../people/api';
import type { Leader, Leaderboard } from '../../people/api';
import { keep, recall } from '../../people/load';
import { LoadMore } from '../../people/load-more';
import { usePages } from '../../people/pages';
import { BotTag, OnlineDot, RatingDiff } from '../../people/person';
import { ratingName } from '../../people/words';
import { PlayerSearch } from '../../people/search';
import { query, replaceQuery } from '../../router';
import { me } from '../../store';
import { Choices } from '../../ui/choices';
import { Skeleton } from '../../ui/skeleton';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';
import './leaderboard.css';

addMessages(messages);

const shown = games.flatMap((game) => game.leaders);
const FIRST = 'blitz';

function shownKey(): string {
  const wanted = new URLSearchParams(query.value).get('speed');
  return ratingKeys.find((key) => key === wanted) ?? (shown.includes(FIRST) ? FIRST : shown[0] ?? '');
}

/** The best players at a speed, `/leaderboard`. */
export default function LeaderboardPage() {
  usePageTitle(t('leaders.title'));
  const key = shownKey();
  return (
    <main id="main" class="leaders">
      <div class="leaders-head">
        <h1>{t('leaders.title')}</h1>
        <PlayerSearch />
      </div>
      <Choices
        legend={t('leaders.speed')}
        quiet
        value={key}
        onChange={(next) => replaceQuery(`?speed=${next}`)}
        options={shown.map((one) => ({ value: one, label: ratingName(one) }))}
      />
      <Ranking rating={key} />
    </main>
  );
}

type You = Leaderboard['you'];

function Ranking({ rating }: { rating: string }) {
  const id = `leaders ${rating} ${me.value?.id ?? ''}`;
  const pages = usePages<Leader>(id, async (cursor) => {
    const board = await people.leaders(rating, cursor);
    if (cursor === undefined) keep(`${id} you`, board.you ?? null);
    return { items: board.players, next: board.next || null };
  });
  const you = recall<You>(`${id} you`);
  const players = pages.list?.items;
  return (
    <section class="panel leaders-list" aria-busy={pages.loading}>
      {you && <p class="leaders-you">{t('leaders.you', { n: you.rank, rating: String(you.rating) })}</p>}
      {!players && pages.problem === null && <LoadingRows />}
      {players?.length === 0 && <p class="empty">{t('leaders.none')}</p>}
      {players && players.length > 0 && <Table players={players} rating={rating} />}
      <LoadMore pages={pages} />
    </section>
  );
}

function LoadingRows() {
  return (
    <div class="stack" aria-busy="true">
      {[0, 1, 2, 3, 4, 5, 6, 7].map((n) => (
        <Skeleton key={n} height="38px" />
      ))}
    </div>
  );
}

function Table({ players, rating }: { players: readonly Leader[]; rating: string }) {
  return (
    <table class="num">
      <caption class="vh">{t('leaders.table', { name: ratingName(rating) })}</caption>
      <thead>
        <tr>
          <th>
            <span aria-hidden="true">#</span>
            <span class="vh">{t('leaders.rank')}</span>
          </th>
          <th>{t('leaders.player')}</th>
          <th>{t('leaders.rating')}</th>
          <th>{t('leaders.progress')}</th>
          <th class="wide-cell">{t('leaders.rd')}</th>
          <th class="wide-cell">{t('leaders.games')}</th>
        </tr>
      </thead>
      <tbody>
        {players.map((player) => (
          <Row key={player.user} player={player} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ player }: { player: Leader }) {
  return (
    <tr class={player.user === me.value?.id ? 'is-me' : ''}>
      <td>{player.rank}</td>
      <td>
        <span class="leader-name">
          {player.online !== undefined && <OnlineDot online={player.online} />}
          {player.bot && <BotTag />}
          <a class="person clip" href={`/@/${player.name}`}>
            {player.name}
          </a>
        </span>
      </td>
      <td>
        <strong>{player.rating}</strong>
      </td>
      <td>{player.progress ? <RatingDiff diff={player.progress} /> : '–'}</td>
      <td class="wide-cell">{player.rd}</td>
      <td class="wide-cell">{player.games}</td>
    </tr>
  );
}
