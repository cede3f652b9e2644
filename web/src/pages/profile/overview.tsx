import { games, pastOf } from '../../games/list';
import { t } from '../../i18n';
import { Sparkline } from '../../charts/sparkline';
import { people } from '../../people/api';
import type { Profile, Rating } from '../../people/api';
import { useLoad } from '../../people/load';
import { RatingDiff } from '../../people/person';
import { ratingName, ratingText } from '../../people/words';
import { me } from '../../store';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';
import { GameRows } from './game-row';
import { ScoreBar } from '../../people/score-bar';

const RECENT = 5;

/** Ratings, how I stand against this player, and the latest games. */
export function Overview({ profile }: { profile: Profile }) {
  const user = me.value;
  const known = user && !user.guest && user.id !== profile.user.id && profile.counts.games > 0;
  return (
    <div class="profile-parts">
      <section aria-labelledby="ratings-head">
        <h2 id="ratings-head">{t('profile.ratings')}</h2>
        {profile.ratings.length === 0 && <p class="empty">{t('profile.ratings.none')}</p>}
        <ul class="rating-cards">
          {profile.ratings.map((rating) => (
            <RatingCard key={rating.key} rating={rating} name={profile.user.name} />
          ))}
        </ul>
      </section>
      {known && <AgainstMe name={profile.user.name} mine={user.name} />}
      <Recent profile={profile} />
    </div>
  );
}

function RatingCard({ rating, name }: { rating: Rating; name: string }) {
  const kind = ratingName(rating.key);
  return (
    <li class="panel rating-card">
      <h3>
        <a href={`/@/${name}?tab=${gameOfRating(rating.key)}&key=${rating.key}`}>{kind}</a>
      </h3>
      <p class="rating-now num">
        <strong>{ratingText(rating.rating, rating.provisional)}</strong>
        {rating.provisional && <span class="vh">{t('rating.provisional')}</span>}
        {rating.progress ? <RatingDiff diff={rating.progress} /> : null}
      </p>
      {(rating.spark?.length ?? 0) > 1 && <Sparkline values={rating.spark ?? []} />}
      <p class="hint num rating-foot">
        <span title={t('profile.rd.label', { n: rating.rd })}>{t('profile.rd', { n: rating.rd })}</span>
        <span>{t('profile.played', { n: rating.games })}</span>
        {rating.rank ? <span title={t('profile.rank.label', { n: rating.rank })}>{t('profile.rank', { n: rating.rank })}</span> : null}
      </p>
    </li>
  );
}

/** The kind of game that gives a rating. */
function gameOfRating(key: string): string {
  return (games.find((game) => game.ratings.includes(key)) ?? games[0]).kind;
}

function AgainstMe({ name, mine }: { name: string; mine: string }) {
  const { value, problem, again } = useLoad(`against ${mine} ${name}`, () => people.against(mine, name));
  return (
    <section aria-labelledby="against-head">
      <h2 id="against-head">{t('profile.against', { name })}</h2>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {!value && problem === null && <Skeleton height="52px" />}
      {value?.games === 0 && <p class="empty">{t('profile.against.none')}</p>}
      {value && value.games > 0 && (
        <>
          <ScoreBar score={value} label={t('profile.against.score', { win: value.win, draw: value.draw, loss: value.loss })} />
          <p class="row profile-links">
            {value.last && <a href={pastOf(value.last.table)}>{t('profile.against.last')}</a>}
            <a href={`/@/${mine}?tab=games&opponent=${name}`}>{t('profile.against.all', { name })}</a>
          </p>
        </>
      )}
    </section>
  );
}

function Recent({ profile: { user, counts } }: { profile: Profile }) {
  const { value, problem, again } = useLoad(counts.games > 0 ? `recent ${user.id}` : null, () => people.games(user.name, { limit: String(RECENT) }));
  if (counts.games === 0) return <p class="empty">{t('games.none')}</p>;
  return (
    <section aria-labelledby="recent-head">
      <h2 id="recent-head">{t('profile.recent')}</h2>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {!value && problem === null && <Skeleton height="280px" />}
      {value && <GameRows games={value.games.slice(0, RECENT)} />}
      <p class="profile-links">
        <a href={`/@/${user.name}?tab=games`}>{t('profile.all')}</a>
      </p>
    </section>
  );
}
