import { effect, signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../i18n';
import { myTurns } from '../store';

const title = signal('');

/** Names the page in the tab. Set before the focus moves, so that a screen reader reads the new name. */
export function usePageTitle(text: string): void {
  useLayoutEffect(() => {
    title.value = text;
  }, [text]);
}

/** Puts how many games wait for me before the name of the page. Called once, by main. */
export function startTitle(): void {
  effect(() => {
    const n = myTurns.value;
    const page = title.value ? `${title.value} - ${t('app.name')}` : t('app.name');
    document.title = n > 0 ? `${t('title.turns', { n })} - ${page}` : page;
  });
}
