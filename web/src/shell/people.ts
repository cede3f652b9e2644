import { effect } from '@preact/signals';
import { addMessages, t } from '../i18n';
import { followFinished } from '../people/finished';
import { followTurns } from '../people/notify';
import { followAccount, leaveAccount } from '../people/sync';
import { navigate } from '../router';
import { settings } from '../settings';
import { me } from '../store';
import { addShortcuts } from '../ui/shortcuts';
import { followBadge } from './badge';
import { followInvitations } from './invitations';
import messages from './people.en.json';
import { followReminder } from './save-banner';

addMessages(messages);

/** Settings that follow the account, notifications, and the keys that lead to people. Fetched after the page. */
export function startPeople(): () => void {
  const stops = [
    followFinished(),
    followReminder(),
    followBadge(),
    followInvitations(),
    effect(() => {
      const user = me.value;
      if (user && !user.guest) followAccount(user.id);
      else if (user !== undefined) leaveAccount();
    }),
    effect(() => (settings.value.notifyTurn ? followTurns() : undefined)),
    addShortcuts([
      { keys: 'g p', label: t('keys.profile'), run: toProfile },
      { keys: '/', label: t('keys.find'), run: findPlayer },
    ]),
  ];
  return () => stops.forEach((stop) => stop());
}

function toProfile(): void {
  const user = me.peek();
  navigate(user && !user.guest ? `/@/${user.name}` : '/login');
}

/** The field of the header; where there is none, the page of players has one. */
function findPlayer(): void {
  const field = [...document.querySelectorAll<HTMLElement>('.find input')].find((one) => one.checkVisibility());
  if (field) field.focus();
  else navigate('/leaderboard');
}
