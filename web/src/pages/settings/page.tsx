import type { ComponentType } from 'preact';
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
      <nav class="settings-nav" aria-label={t('settings.parts')}>
        {parts.map(({ name }) => (
          <a key={name} href={`/settings/${name}`} aria-current={name === part.name ? 'page' : undefined}>
            {t(`settings.${name}`)}
            {name === part.name && <Icon name="chevron-right" size={16} />}
          </a>
        ))}
      </nav>
      <div class="settings-part">
        <h1>{title}</h1>
        {!part.private && <Saved />}
        <part.View />
      </div>
    </main>
  );
}
