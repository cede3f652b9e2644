import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import { keepPool, leavePool } from '../../pairing';
import { useMyRatings } from '../../people/my-ratings';
import { followLobby, online } from '../../socket';
import { lobby } from '../../store';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { lazy } from '../../ui/lazy';
import { useNewVersion } from '../../ui/new-version';
import { useShortcuts } from '../../ui/shortcuts';
import { Tabs } from '../../ui/tabs';
import '../../ui/more-icons';
import { usePageTitle } from '../../ui/title';
import { Challenges } from './challenges';
import type { Opponent } from './create-form';
import messages from './en.json';
import { Quick } from './quick';
import { Resume } from './resume';
import { withdrawAll } from './seeks';
import { Featured, Watch, useWatching } from './watch';
import type { Watching } from './watch';
import './lobby.css';

addMessages(messages);

const create = lazy(() => import('./create').then((module) => module.CreateDialog));

type Tab = 'quick' | 'open';
const tab = signal<Tab>('quick');
/** The kind of opponent that the create dialog is open for; null when it is closed. */
const creating = signal<Opponent | 'last' | null>(null);

function useLobby(): void {
  const connected = online.value;
  useEffect(() => {
    if (connected) followLobby(true);
  }, [connected]);
  useEffect(
    () => () => {
      followLobby(false);
      withdrawAll();
      if (!keepPool.value) leavePool();
    },
    [],
  );
}

function Play() {
  const open = lobby.value?.seeks.length;
  return (
    <Tabs
      label={t('lobby.ways')}
      value={tab.value}
      onChange={(value) => (tab.value = value)}
      tabs={[
        { value: 'quick', label: t('lobby.quick'), panel: <Quick onCustom={() => (creating.value = 'last')} onBot={() => (creating.value = 'house')} /> },
        { value: 'open', label: t('lobby.open'), ...(open && { count: open }), panel: <Challenges /> },
      ]}
    />
  );
}

function Create({ watching }: { watching: Watching }) {
  return (
    <aside class="create" aria-label={t('create.title')} onPointerEnter={create.prefetch}>
      <Button kind="primary" onPress={() => void (creating.value = 'last')}>
        <Icon name="plus" /> {t('create.title')}
      </Button>
      <Button class="only-wide" onPress={() => void (creating.value = 'friend')}>
        <Icon name="link" /> {t('create.friend')}
      </Button>
      <Button class="only-wide" onPress={() => void (creating.value = 'house')}>
        <Icon name="bot" /> {t('create.bot')}
      </Button>
      <Online />
      <Featured watching={watching} />
    </aside>
  );
}

function Online() {
  const state = lobby.value;
  return (
    <p class="counts num">
      <span>{state ? t('lobby.online', { n: state.online }) : '\u00a0'}</span>
      <span>{state ? t('lobby.playing', { n: state.playing }) : '\u00a0'}</span>
    </p>
  );
}

export default function LobbyPage() {
  usePageTitle(t('lobby.title'));
  useLobby();
  useMyRatings();
  useNewVersion();
  const watching = useWatching();
  useShortcuts([{ keys: 'c', label: t('create.title'), run: () => (creating.value = 'last') }], []);
  return (
    <main id="main" class="lobby">
      <h1 class="vh">{t('lobby.title')}</h1>
      <Resume />
      <Play />
      <Create watching={watching} />
      <Watch watching={watching} />
      {creating.value && (
        <create.View
          opponent={creating.value === 'last' ? null : creating.value}
          onClose={() => (creating.value = null)}
          onListed={() => (tab.value = 'open')}
        />
      )}
    </main>
  );
}
