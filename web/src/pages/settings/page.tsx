import type { ComponentType } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { games } from '../../games/list';
import { gameSettings } from '../../games/loaded';
import { addMessages, t } from '../../i18n';
import type { PageProps } from '../../router';
import { Icon } from '../../ui/icons';
import '../../ui/more-icons';
import { lazy } from '../../ui/lazy';
import { Skeleton } from '../../ui/skeleton';
import { usePageTitle } from '../../ui/title';
import { Accessibility } from './accessibility';
import { Appearance } from './appearance';
import messages from './en.json';
import { Notifications } from './notifications';
import { PrivacySettings } from './privacy';
import { Saved } from './saved';
import { SoundSettings } from './sound';
import './settings.css';

addMessages(messages);

const account = lazy(() => import('./account').then((module) => module.AccountSettings));

interface Part {
  name: string;
  /** A key of its text; `settings.NAME` when left out. */
  label?: string;
  View: ComponentType;
  private?: boolean;
}

const parts: readonly Part[] = [
  { name: 'appearance', View: Appearance },
  ...games.map(({ kind, name }) => ({ name: kind, label: name, View: () => <GamePart kind={kind} /> })),
  { name: 'sound', View: SoundSettings },
  { name: 'notifications', View: Notifications },
  { name: 'accessibility', View: Accessibility },
  { name: 'privacy', View: PrivacySettings, private: true },
  { name: 'account', View: account.View, private: true },
];

/** `/settings` and its parts. Everything is saved as it is changed. */
export default function SettingsPage({ params }: PageProps) {
  const part = parts.find(({ name }) => name === params['part']) ?? parts[0];
  const title = part ? titleOf(part) : '';
  usePageTitle(`${title} - ${t('settings.title')}`);
  if (!part) return null;
  return (
    <main id="main" class="settings">
      <Parts shown={part.name} />
      <div class="settings-part">
        <h1>{title}</h1>
        {!part.private && <Saved />}
        <part.View />
      </div>
    </main>
  );
}

function titleOf({ name, label }: Part): string {
  return t(label ?? `settings.${name}`);
}

function GamePart({ kind }: { kind: string }) {
  const View = gameSettings.of(kind)?.Page;
  return View ? <View /> : <Skeleton height="420px" />;
}

/** The parts beside the page, or in a row above it that shows the present one. */
function Parts({ shown }: { shown: string }) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const link = box.current?.querySelector<HTMLElement>('[aria-current]');
    if (box.current && link) box.current.scrollLeft = link.offsetLeft - (box.current.clientWidth - link.offsetWidth) / 2;
  }, []);
  return (
    <nav class="settings-nav" ref={box} aria-label={t('settings.parts')}>
      {parts.map((part) => (
        <a key={part.name} href={`/settings/${part.name}`} aria-current={part.name === shown ? 'page' : undefined}>
          {titleOf(part)}
          {part.name === shown && <Icon name="chevron-right" size={16} />}
        </a>
      ))}
    </nav>
  );
}
