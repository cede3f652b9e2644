import { addMessages, t } from '../../i18n';
import { dayName } from '../../people/words';
import { lazy } from '../../ui/lazy';
import messages from './account.en.json';
import { Email } from './email';
import { Members } from './members';
import { Passkeys } from './passkeys';
import { Password } from './password';
import { Totp } from './totp';

addMessages(messages);

const more = lazy(() => import('./more').then((module) => module.More));

/** What belongs to the account itself: the ways in, the sessions, and the way out. */
export function AccountSettings() {
  return (
    <Members>
      {(mine) => (
        <>
          <p class="hint">{t('account.since', { name: mine.user.name, day: dayName(mine.account.created_at) })}</p>
          <Password mine={mine} />
          <Passkeys mine={mine} />
          <Totp mine={mine} />
          <Email mine={mine} />
          <more.View mine={mine} />
        </>
      )}
    </Members>
  );
}
