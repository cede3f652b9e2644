import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { usePageTitle } from './title';

/** A full-page message with a way back to the lobby: not found, not allowed, gone. */
export function Message({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  usePageTitle(title);
  return (
    <main id="main" class="message">
      <h1>{title}</h1>
      <p>{text}</p>
      <p class="row">
        {children}
        <a class="btn" href="/">
          {t('to.lobby')}
        </a>
      </p>
    </main>
  );
}
