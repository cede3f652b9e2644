import { games } from '../../games/list';
import { profiles } from '../../games/loaded';
import { addMessages, t } from '../../i18n';
import { useLoad } from '../../people/load';
import type { Loaded } from '../../people/load';
import { people } from '../../people/api';
import type { Profile } from '../../people/api';
import { query, replaceQuery } from '../../router';
import type { PageProps } from '../../router';
import { Refused } from '../../socket';
import { me } from '../../store';
import { Message } from '../../ui/message';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';
import { Tabs } from '../../ui/tabs';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';
import { GamesTab } from './games';
import { ProfileHead } from './head';
import { Overview } from './overview';
import './profile.css';

addMessages(messages);

const tabs: readonly string[] = ['overview', ...games.map((game) => game.kind), 'games'];

/** The tab of the query; it stands there so that a link and the way back lead to it. */
function shownTab(): string {
  const name = new URLSearchParams(query.value).get('tab');
  return tabs.find((one) => one === name) ?? 'overview';
}

/** Another tab starts without the filters of the one before. */
function showTab(name: string): void {
  replaceQuery(name === 'overview' ? '' : `?tab=${name}`);
}

/** A user as others see them, `/@/:name`. */
export default function ProfilePage({ params }: PageProps) {
  const name = params['name'] ?? '';
  const loaded = useLoad(`profile ${name} ${me.value?.id ?? ''}`, () => people.profile(name));
  const { value } = loaded;
  usePageTitle(value?.user.name ?? name);
  if (!value) return <NotYet name={name} loaded={loaded} />;
  return (
    <main id="main" class="profile">
      <ProfileHead profile={value} changed={loaded.again} />
      {!value.user.closed && <ProfileTabs profile={value} />}
    </main>
  );
}

function NotYet({ name, loaded: { problem, again } }: { name: string; loaded: Loaded<Profile> }) {
  if (problem instanceof Refused && isUnknown(problem)) {
    return <Message title={t('profile.unknown.title')} text={t('profile.unknown.text', { name })} />;
  }
  return (
    <main id="main" class="profile" aria-busy={problem === null}>
      <h1>{name}</h1>
      {problem === null ? <Skeleton height="420px" /> : <Problem reason={problem} retry={again} />}
    </main>
  );
}

function isUnknown({ status }: Refused): boolean {
  return status === 404 || status === 400;
}

function ProfileTabs({ profile }: { profile: Profile }) {
  const tab = shownTab();
  return (
    <Tabs
      label={t('profile.tabs', { name: profile.user.name })}
      value={tab}
      onChange={showTab}
      tabs={[
        { value: 'overview', label: t('profile.overview'), panel: <Overview profile={profile} /> },
        ...games.map(({ kind, name }) => ({ value: kind, label: t(name), panel: <GameTab kind={kind} profile={profile} /> })),
        { value: 'games', label: t('profile.games'), ...(profile.counts.games > 0 && { count: profile.counts.games }), panel: <GamesTab profile={profile} /> },
      ]}
    />
  );
}

function GameTab({ kind, profile }: { kind: string; profile: Profile }) {
  const View = profiles.of(kind);
  return View ? <View profile={profile} /> : <Skeleton height="420px" />;
}
