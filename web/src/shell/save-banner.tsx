import { effect, signal } from '@preact/signals';
import { isTable } from '../games/list';
import { t } from '../i18n';
import { finished } from '../people/finished';
import { withNext } from '../people/next';
import { path } from '../router';
import { online } from '../socket';
import { me } from '../store';
import './save-banner.css';

/** Whether a guest is reminded of an account: from the first finished game on, until they close it for good. */
const KEY = 'kibitz.save-games';
type Reminder = 'due' | 'closed' | null;

function read(): Reminder {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'due' || value === 'closed' ? value : null;
  } catch {
    return null;
  }
}

const reminder = signal<Reminder>(read());

function remember(value: 'due' | 'closed'): void {
  reminder.value = value;
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // Without storage it is closed until the page is.
  }
}

/** Notices the first finished game of a guest, until the answer is called. */
export function followReminder(): () => void {
  return effect(() => {
    if (finished.value !== null && me.value?.guest && reminder.peek() === null) remember('due');
  });
}

/** No reminder lies over a game that is being played. */
function inTheWay(): boolean {
  return isTable(path.value) && !path.value.endsWith(`/${finished.value ?? ''}`);
}

/** "Save your games: create an account." */
export function SaveBanner() {
  if (!me.value?.guest || reminder.value !== 'due' || !online.value || inTheWay() || path.value === '/signup') return null;
  return (
    <aside class="banners save-banner" aria-label={t('save.title')}>
      <div class="banner banner-info">
        <span>{t('save.title')}</span>
        <a class="btn" href={withNext('/signup', path.value)}>
          {t('save.go')}
        </a>
        <button type="button" class="btn icon-only" aria-label={t('close')} onClick={() => remember('closed')}>
          ×
        </button>
      </div>
    </aside>
  );
}
