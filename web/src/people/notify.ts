import { effect } from '@preact/signals';
import { t } from '../i18n';
import { invitations } from '../store';
import { turns } from '../ui/title';

/** Tells by the system that it is my turn, or that somebody challenges me, while nobody looks at the page. */

/** Whether this browser can, and may be asked. */
export function notificationsPossible(): boolean {
  return typeof Notification !== 'undefined' && isSecureContext;
}

/** Asks the user; call it from a button only. */
export async function allowNotifications(): Promise<boolean> {
  return notificationsPossible() && (await Notification.requestPermission()) === 'granted';
}

/** Follows my turns and challenges to me until the answer is called. */
export function followTurns(): () => void {
  let before = { turns: turns.peek(), invitations: invitations.peek().length };
  return effect(() => {
    const now = { turns: turns.value, invitations: invitations.value.length };
    if (now.turns > before.turns) tell('turn', t('title.turns', { n: now.turns }));
    if (now.invitations > before.invitations) tell('challenge', t('title.invited', { name: invitations.value[0]?.opponent ?? '' }));
    before = now;
  });
}

/** A newer note of the same kind replaces the older. */
function tell(kind: 'turn' | 'challenge', body: string): void {
  if (!document.hidden || !notificationsPossible() || Notification.permission !== 'granted') return;
  const note = new Notification(t('app.name'), { body, icon: '/favicon.svg', tag: `kibitz-${kind}` });
  note.onclick = () => {
    focus();
    note.close();
  };
}
