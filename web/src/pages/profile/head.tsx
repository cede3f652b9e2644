import { useState } from 'preact/hooks';
import { games } from '../../games/list';
import { t } from '../../i18n';
import { people } from '../../people/api';
import type { Profile } from '../../people/api';
import { Avatar, OnlineDot } from '../../people/person';
import { ago, dayName, spanName } from '../../people/words';
import { serverNow } from '../../socket';
import { me } from '../../store';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import '../../ui/more-icons';
import { lazy } from '../../ui/lazy';
import { Problem } from '../../ui/refusal';

/** The dialogs of the games at which one can challenge somebody. */
const challenges = games.flatMap(({ kind, name, challenge }) => (challenge ? [{ kind, name, ...lazy(challenge) }] : []));

export interface HeadProps {
  profile: Profile;
  /** Something about the user is different now: ask again. */
  changed: () => void;
}

/** Who it is, and what I can do with them. */
export function ProfileHead({ profile, changed }: HeadProps) {
  const { user, online, you } = profile;
  return (
    <header class="profile-head panel">
      <Avatar name={user.name} />
      <div class="profile-who">
        <div class="profile-name">
          <h1>{user.name}</h1>
          {online !== undefined && <OnlineDot online={online} />}
        </div>
        {user.role && user.role !== 'user' && <span class="tag">{t(`profile.role.${user.role}`)}</span>}
        {user.guest && <span class="tag">{t('player.guest')}</span>}
      </div>
      <Facts profile={profile} />
      {!user.closed && <Doings profile={profile} changed={changed} />}
      {you?.blocked && <p class="hint profile-note">{t('profile.blocked')}</p>}
      {user.closed && <p class="hint profile-note">{t('profile.closed')}</p>}
    </header>
  );
}

function Facts({ profile }: { profile: Profile }) {
  const { online, joined_at, seen_at, playtime_ms, counts } = profile;
  const facts = [
    t('profile.played', { n: counts.games }),
    ...(counts.playing ? [t('profile.now', { n: counts.playing })] : []),
    ...(playtime_ms ? [t('profile.playtime', { span: spanName(playtime_ms) })] : []),
    t('profile.joined', { day: dayName(joined_at) }),
    ...(seen_at && !online ? [t('profile.seen', { ago: ago(seen_at, serverNow()) })] : []),
  ];
  return (
    <ul class="facts hint">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function Doings({ profile, changed }: HeadProps) {
  const [open, setOpen] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const { user, you } = profile;
  if (me.value?.id === user.id) {
    return (
      <div class="row profile-do">
        <a class="btn" href="/settings">
          <Icon name="palette" /> {t('profile.settings')}
        </a>
      </div>
    );
  }
  const block = async () => {
    setProblem(null);
    await (you?.blocked ? people.unblock(user.name) : people.block(user.name));
    changed();
  };
  const mayChallenge = !user.guest && !you?.blocked && you?.may_challenge !== false;
  return (
    <div class="row profile-do" onPointerEnter={() => challenges.forEach((one) => one.prefetch())}>
      {mayChallenge &&
        challenges.map(({ kind, name }) => (
          <Button key={kind} kind="primary" onPress={() => setOpen(kind)}>
            <Icon name="swords" /> {challenges.length > 1 ? t('profile.challenge.at', { game: t(name) }) : t('profile.challenge')}
          </Button>
        ))}
      {you && !user.guest && me.value && (
        <Button onPress={block} onFailure={setProblem}>
          {t(you.blocked ? 'profile.unblock' : 'profile.block')}
        </Button>
      )}
      {problem !== null && <Problem reason={problem} />}
      {challenges.map(({ kind, View }) => kind === open && <View key={kind} invited={user.name} onClose={() => setOpen('')} />)}
    </div>
  );
}
