import { effect } from '@preact/signals';
import { t } from '../i18n';
import { turns } from '../ui/title';

/** Tells by the system that it is my turn, while nobody looks at the page. */

/** Whether this browser can, and may be asked. */
export function notificationsPossible(): boolean {
  return typeof Notification !== 'undefined' && isSecureContext;
}

/** Asks the user; call it from a button only. */
export async function allowNotifications(): Promise<boolean> {
  return notificationsPossible() && (await Notification.requestPermission()) === 'granted';
}

/** Follows my turns until the answer is called. */
export function followTurns(): () => void {
  let before = turns.peek();
  return effect(() => {
    const now = turns.value;
    if (now > before && document.hidden && notificationsPossible() && Notification.permission === 'granted') tell(now);
    before = now;
  });
}

function tell(n: number): void {
  const note = new Notification(t('app.name'), { body: t('title.turns', { n }), icon: '/favicon.svg', tag: 'kibitz-turn' });
  note.onclick = () => {
    focus();
    note.close();
  };
}
