import { useEffect } from 'preact/hooks';
import type { GameEntry, LobbyTab } from '../../games/entry';
import { games } from '../../games/list';
import { lobbies } from '../../games/loaded';
import { lobbyTab } from '../../games/lobbytab';
import { addMessages, t } from '../../i18n';
import { keepPool, leavePool, startPairing } from '../../pairing';
import { withdrawAll } from '../../seeks';
import { followLobby } from '../../socket';
import { lobby } from '../../store';
import { useNewVersion } from '../../ui/new-version';
import { Skeleton } from '../../ui/skeleton';
import { Tabs } from '../../ui/tabs';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';
import { Resume } from './resume';
import { Featured, Watch, useWatching } from './watch';
import './lobby.css';

addMessages(messages);
startPairing();

interface Shown extends LobbyTab {
  game: GameEntry;
}

const tabs: readonly Shown[] = games.flatMap((game) => game.tabs.map((tab) => ({ ...tab, game })));

/** The game whose tab is shown. */
function shownGame(): GameEntry {
  return tabs.find((tab) => tab.name === lobbyTab.value)?.game ?? games[0];
}

function useLobby(): void {
  useEffect(followLobby, []);
  useEffect(
    () => () => {
      withdrawAll();
      if (!keepPool.value) leavePool();
    },
    [],
  );
}

function Play() {
  const shown = tabs.filter((tab) => tab.shown?.() ?? true);
  return (
    <Tabs
      label={t('lobby.ways')}
      value={shown.some((tab) => tab.name === lobbyTab.value) ? lobbyTab.value : 'quick'}
      onChange={(name) => (lobbyTab.value = name)}
      tabs={shown.map(({ name, label, count, game }) => {
        const n = count?.() ?? 0;
        return { value: name, label: t(label), ...(n > 0 && { count: n }), panel: <Panel key={name} kind={game.kind} name={name} /> };
      })}
    />
  );
}

function Panel({ kind, name }: { kind: string; name: string }) {
  const View = lobbies.of(kind)?.panels[name];
  return View ? <View /> : <Skeleton height="380px" />;
}

/** The ways to make a game of the kind that is shown. */
function Start() {
  const View = lobbies.of(shownGame().kind)?.Start;
  return View ? <View /> : null;
}

function Online() {
  const state = lobby.value;
  // I am here myself: nobody online means that the server has not counted yet.
  const counted = state && state.online > 0;
  return (
    <p class="counts num">
      <span>{counted ? t('lobby.online', { n: state.online }) : '\u00a0'}</span>
      <span>{counted ? t('lobby.playing', { n: state.playing }) : '\u00a0'}</span>
    </p>
  );
}

export default function LobbyPage() {
  usePageTitle(t('lobby.title'));
  useLobby();
  useNewVersion();
  const watching = useWatching();
  return (
    <main id="main" class="lobby">
      <h1 class="vh">{t('lobby.title')}</h1>
      <Resume />
      <Play />
      <aside class="create" aria-label={t('lobby.start')}>
        <Start />
        <Online />
        <Featured watching={watching} />
      </aside>
      <Watch watching={watching} />
    </main>
  );
}
