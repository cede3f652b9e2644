import { useEffect, useState } from 'preact/hooks';
import { call } from '../../api';
import { addMessages, t } from '../../i18n';
import type { Profile } from '../../people/api';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';
import messages from './profile.en.json';

addMessages(messages);

/** Statistics as numerator and denominator, so that nothing is rounded twice. */
type Stats = Record<string, number | [number, number]>;

const RATIOS = ['vpip', 'pfr', 'three_bet', 'fold_to_three_bet', 'af', 'wtsd', 'wsd', 'bb_per_100', 'all_in_ev'] as const;

/** Poker on a profile: how somebody plays, as far as the reader may know. */
export function PokerTab({ profile }: { profile: Profile }) {
  const [stats, setStats] = useState<Stats | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const load = (): Promise<void> =>
    call<Stats>('GET', `users/${encodeURIComponent(profile.user.name)}/poker-stats`).then((found) => {
      setProblem(null);
      setStats(found);
    }, setProblem);
  useEffect(() => void load(), [profile.user.name]);
  if (problem !== null) return <Problem reason={problem} retry={load} />;
  if (!stats) return <Skeleton height="160px" />;
  const hands = stats['hands'];
  if (!hands) return <p class="empty">{t('poker.stats.none')}</p>;
  return (
    <dl class="facts num">
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

function valueText(name: string, value: number | [number, number]): string {
  const ratio = Array.isArray(value) ? (value[1] > 0 ? value[0] / value[1] : null) : value;
  if (ratio === null) return '–';
  return ['af', 'bb_per_100', 'all_in_ev'].includes(name) ? ratio.toFixed(1) : `${Math.round(ratio * 100)}%`;
}
