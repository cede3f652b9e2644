import type { ComponentType } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import type { PageProps } from '../../router';
import { Icon } from '../../ui/icons';
import { lazy } from '../../ui/lazy';
import { usePageTitle } from '../../ui/title';
import { Accessibility } from './accessibility';
import { Appearance } from './appearance';
import { ChessSettings } from './chess';
import messages from './en.json';
import { Notifications } from './notifications';
import { PrivacySettings } from './privacy';
import { Saved } from './saved';
import { SoundSettings } from './sound';
import './settings.css';

addMessages(messages);

const account = lazy(() => import('./account').then((module) => module.AccountSettings));

const parts: readonly { name: string; View: ComponentType; private?: boolean }[] = [
  { name: 'appearance', View: Appearance },
  { name: 'chess', View: ChessSettings },
  { name: 'sound', View: SoundSettings },
  { name: 'notifications', View: Notifications },
  { name: 'accessibility', View: Accessibility },
  { name: 'privacy', View: PrivacySettings, private: true },
  { name: 'account', View: account.View, private: true },
];

/** `/settings` and its parts. Everything is saved as it is changed. */
export default function SettingsPage({ params }: PageProps) {
  const part = parts.find(({ name }) => name === params['part']) ?? parts[0];
  const title = t(`settings.${part?.name ?? ''}`);
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

/** The parts beside the page, or in a row above it that shows the present one. */
function Parts({ shown }: { shown: string }) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const link = box.current?.querySelector<HTMLElement>('[aria-current]');
    if (box.current && link) box.current.scrollLeft = link.offsetLeft - (box.current.clientWidth - link.offsetWidth) / 2;
  }, []);
  return (
    <nav class="settings-nav" ref={box} aria-label={t('settings.parts')}>
      {parts.map(({ name }) => (
        <a key={name} href={`/settings/${name}`} aria-current={name === shown ? 'page' : undefined}>
          {t(`settings.${name}`)}
          {name === shown && <Icon name="chevron-right" size={16} />}
        </a>
      ))}
    </nav>
  );
}
