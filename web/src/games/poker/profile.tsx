import { useEffect, useState } from 'preact/hooks';
import { call } from '../../api';
import { addMessages, t } from '../../i18n';
import type { Profile } from '../../people/api';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';
import { poker } from './api';
import type { HandFilter } from './api';
import { useHands } from './history/pages';
import { FilterChoice, HandRows } from './history/rows';
import messages from './profile.en.json';
import './dialogs/dialogs.css';
import './css/felt.css';

addMessages(messages);

/** Statistics as numerator and denominator, so that nothing is rounded twice. */
type Stats = Record<string, number | [number, number]>;

const RATIOS = ['vpip', 'pfr', 'three_bet', 'fold_to_three_bet', 'af', 'afq', 'c_bet', 'wtsd', 'wsd', 'bb_per_100', 'all_in_ev'] as const;

/** Poker on a profile: how somebody plays, as far as the reader may know, and to the player the own hands. */
export function PokerTab({ profile }: { profile: Profile }) {
  return (
    <div class="poker-profile">
      <Figures profile={profile} />
      {profile.you?.self && <OwnHands name={profile.user.name} />}
    </div>
  );
}

const FILES = ['txt', 'phh', 'ohh'] as const;

/** The player's hands at all tables, with the files of them. */
function OwnHands({ name }: { name: string }) {
  const [filter, setFilter] = useState<HandFilter>('all');
  const list = useHands((which, cursor) => poker.userHands(name, which, cursor), filter, name);
  if (list.problem !== null) return <Problem reason={list.problem} />;
  return (
    <section class="poker-hands" aria-label={t('poker.history')}>
      <h2>{t('poker.history')}</h2>
      <FilterChoice filter={filter} onChange={setFilter} />
      {list.rows === null && <Skeleton height="160px" />}
      {list.rows?.length === 0 && <p class="empty">{t('poker.history.empty')}</p>}
      <HandRows rows={list.rows ?? []} bigBlind={0} />
      {list.open && <Button onPress={list.more}>{t('poker.history.more')}</Button>}
      <p class="row">
        {FILES.map((file) => (
          <a key={file} class="btn" href={`/api/v1/me/hands.${file}`} download>
            {t('poker.download', { file: file.toUpperCase() })}
          </a>
        ))}
        <a class="btn" href="/h/file">
          {t('poker.import')}
        </a>
      </p>
    </section>
  );
}

function Figures({ profile }: { profile: Profile }) {
  const [stats, setStats] = useState<Stats | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const load = (): Promise<void> =>
    call<Stats>('GET', `users/${encodeURIComponent(profile.user.name)}/poker-stats`).then((found) => {
      setProblem(null);
      setStats(found);
    }, setProblem);
  useEffect(() => void load(), [profile.user.name]);
  if (problem !== null) return <Problem reason={problem} retry={load} />;
  if (!stats) return <NoFigures all={profile.you?.self ?? false} />;
  const hands = stats['hands'];
  if (!hands) return <p class="empty">{t('poker.stats.none')}</p>;
  return (
    <dl class="poker-figures num">
      <div>
        <dt>{t('poker.stats.hands')}</dt>
        <dd>{Number(hands)}</dd>
      </div>
      {RATIOS.flatMap((name) => {
        const value = stats[name];
        if (value === undefined) return [];
        return [
          <div key={name}>
            <dt>{t(`poker.stats.${name}`)}</dt>
            <dd>{valueText(name, value)}</dd>
          </div>,
        ];
      })}
    </dl>
  );
}

/** The place of the figures, so that nothing moves when they come. Of others three are told. */
function NoFigures({ all }: { all: boolean }) {
  return (
    <div class="poker-figures" aria-hidden="true">
      {['hands', ...RATIOS.slice(0, all ? RATIOS.length : 2)].map((name) => (
        <Skeleton key={name} height="60px" />
      ))}
    </div>
  );
}

function valueText(name: string, value: number | [number, number]): string {
  const ratio = Array.isArray(value) ? (value[1] > 0 ? value[0] / value[1] : null) : value;
  if (ratio === null) return '–';
  return ['af', 'bb_per_100', 'all_in_ev'].includes(name) ? ratio.toFixed(1) : `${Math.round(ratio * 100)}%`;
}
