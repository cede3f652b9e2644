import { useState } from 'preact/hooks';
import { LineChart } from '../../../charts/line-chart';
import { spans, within } from '../../../charts/scale';
import type { Point, Span } from '../../../charts/scale';
import { addMessages, t } from '../../../i18n';
import { people } from '../../../people/api';
import type { Profile } from '../../../people/api';
import { useLoad } from '../../../people/load';
import { dayName, ratingName, signed } from '../../../people/words';
import { query, replaceQuery } from '../../../router';
import { serverNow } from '../../../socket';
import { Choices } from '../../../ui/choices';
import { Problem } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';
import messages from './en.json';
import { StatsPart } from './stats';

addMessages(messages);

/** Ratings over time, and statistics. */
export function ChessTab({ profile }: { profile: Profile }) {
  return (
    <div class="profile-parts">
      {profile.ratings.length === 0 ? <p class="empty">{t('profile.ratings.none')}</p> : <RatingPart profile={profile} />}
      <StatsPart profile={profile} />
    </div>
  );
}

/** The kind of rating in the query, else the one that is played most. */
function shownKey({ ratings }: Profile): string {
  const wanted = new URLSearchParams(query.value).get('key');
  const most = [...ratings].sort((a, b) => b.games - a.games)[0]?.key ?? '';
  return ratings.find(({ key }) => key === wanted)?.key ?? most;
}

function RatingPart({ profile }: { profile: Profile }) {
  const [span, setSpan] = useState<Span>('3m');
  const key = shownKey(profile);
  const { value, problem, again } = useLoad(`ratings ${profile.user.id} ${key}`, () => people.ratingHistory(profile.user.name, key));
  return (
    <section class="rating-part" aria-labelledby="chart-head">
      <h2 id="chart-head">{t('profile.ratings')}</h2>
      <Choices
        legend={t('chart.key')}
        quiet
        value={key}
        onChange={(next) => replaceQuery(`?tab=chess&key=${next}`)}
        options={profile.ratings.map((rating) => ({ value: rating.key, label: ratingName(rating.key), note: String(rating.rating) }))}
      />
      <div class="chart-spans">
        <Choices
          legend={t('chart.span')}
          quiet
          value={span}
          onChange={setSpan}
          options={spans.map((one) => ({ value: one, label: t(`chart.span.${one}`) }))}
        />
      </div>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {!value && problem === null && <Skeleton height="300px" />}
      {value && <History points={within(value.points, span, serverNow())} name={profile.user.name} kind={key} />}
    </section>
  );
}

function History({ points, name, kind }: { points: readonly Point[]; name: string; kind: string }) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return <p class="empty">{t('chart.empty')}</p>;
  const values = points.map(([, value]) => value);
  return (
    <>
      <LineChart label={t('chart.label', { name: ratingName(kind), player: name })} points={points} />
      <dl class="chart-facts num">
        <Fact name={t('chart.now')} value={String(last[1])} />
        <Fact name={t('chart.change')} value={signed(last[1] - first[1])} />
        <Fact name={t('chart.best')} value={String(Math.max(...values))} />
        <Fact name={t('chart.worst')} value={String(Math.min(...values))} />
      </dl>
      <PointTable points={points} />
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The same numbers as rows, for who reads them better that way; the newest first. */
function PointTable({ points }: { points: readonly Point[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('chart.table')}</summary>
      {open && (
        <table class="plain num">
          <thead>
            <tr>
              <th>{t('chart.day')}</th>
              <th>{t('chart.rating')}</th>
            </tr>
          </thead>
          <tbody>
            {[...points].reverse().map(([at, value]) => (
              <tr key={at}>
                <td>{dayName(at)}</td>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
