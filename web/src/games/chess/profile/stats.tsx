import type { ComponentChildren } from 'preact';
import { controlName } from '../../../control';
import { t } from '../../../i18n';
import { people } from '../../../people/api';
import type { OpeningScore, Profile, Score, Stats } from '../../../people/api';
import { useLoad } from '../../../people/load';
import { dayName, ratingName } from '../../../people/words';
import { Problem } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';
import { chess } from '../entry';
import { ScoreBar } from '../../../people/score-bar';

/** What a user's games add up to. */
export function StatsPart({ profile }: { profile: Profile }) {
  const { user, counts } = profile;
  const { value, problem, again } = useLoad(counts.games > 0 ? `stats ${user.id}` : null, () => people.stats(user.name));
  if (counts.games === 0) return <p class="empty">{t('stats.none')}</p>;
  return (
    <section class="stats" aria-labelledby="stats-head">
      <h2 id="stats-head">{t('stats.title')}</h2>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {!value && problem === null && <Skeleton height="320px" />}
      {value && (
        <div class="stat-cards">
          <Results all={counts} stats={value} />
          <Streaks stats={value} />
          <Controls stats={value} />
          <Openings openings={value.openings} />
        </div>
      )}
    </section>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="stat-card">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Line({ name, score }: { name: string; score: Score }) {
  if (score.win + score.draw + score.loss === 0) return null;
  const { win, draw, loss } = score;
  return (
    <li>
      <span>{name}</span>
      <ScoreBar score={score} label={t('stats.score', { name, win, draw, loss })} />
    </li>
  );
}

function Results({ all, stats }: { all: Score; stats: Stats }) {
  return (
    <Card title={t('stats.results')}>
      <ul class="score-lines">
        <Line name={t('stats.all')} score={all} />
        {stats.colors && <Line name={t('stats.white')} score={stats.colors.white} />}
        {stats.colors && <Line name={t('stats.black')} score={stats.colors.black} />}
        {stats.speeds.map((speed) => (
          <Line key={speed.key} name={ratingName(speed.key)} score={speed} />
        ))}
      </ul>
    </Card>
  );
}

/** A streak in words; positive numbers are wins. */
function streakText(n: number): string {
  if (n === 0) return t('stats.streak.none');
  return n > 0 ? t('stats.streak.win', { n }) : t('stats.streak.loss', { n: -n });
}

function Streaks({ stats: { streaks, best_win } }: { stats: Stats }) {
  return (
    <Card title={t('stats.streaks')}>
      <dl class="pairs num">
        <dt>{t('stats.current')}</dt>
        <dd>{streakText(streaks.current)}</dd>
        <dt>{t('stats.best.win')}</dt>
        <dd>{streaks.best_win}</dd>
        <dt>{t('stats.best.loss')}</dt>
        <dd>{streaks.best_loss}</dd>
        {best_win && (
          <>
            <dt>{t('stats.win')}</dt>
            <dd>
              <a href={chess.past(best_win.table)}>{t('stats.win.text', { name: best_win.opponent.name, rating: String(best_win.opponent.rating) })}</a>{' '}
              <span class="hint">{dayName(best_win.at)}</span>
            </dd>
          </>
        )}
      </dl>
    </Card>
  );
}

function Controls({ stats: { controls = [] } }: { stats: Stats }) {
  if (controls.length === 0) return null;
  return (
    <Card title={t('stats.controls')}>
      <dl class="pairs num">
        {controls.map(({ control, games }) => (
          <div key={control}>
            <dt>{controlName(control)}</dt>
            <dd>{t('stats.control', { n: games })}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Openings({ openings }: { openings: readonly OpeningScore[] }) {
  if (openings.length === 0) return null;
  return (
    <Card title={t('stats.openings')}>
      {(['white', 'black'] as const).map((color) => {
        const own = openings.filter((one) => one.color === color);
        return (
          own.length > 0 && (
            <div key={color}>
              <h4>{t(`stats.openings.${color}`)}</h4>
              <ul class="score-lines">
                {own.map((one) => (
                  <Line key={one.eco + one.name} name={`${one.eco} ${one.name}`} score={one} />
                ))}
              </ul>
            </div>
          )
        );
      })}
    </Card>
  );
}
