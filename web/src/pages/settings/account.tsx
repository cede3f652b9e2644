import { addMessages, t } from '../../i18n';
import { exportPath } from '../../people/account-api';
import { dayName } from '../../people/words';
import { lazy } from '../../ui/lazy';
import messages from './account.en.json';
import { Closing } from './closing';
import { Email } from './email';
import { Members } from './members';
import { Passkeys } from './passkeys';
import { Password } from './password';
import { Rename } from './rename';
import { Sessions } from './sessions';
import { Totp } from './totp';

addMessages(messages);

const tokens = lazy(() => import('./tokens').then((module) => module.Tokens));

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
          <Sessions />
          <tokens.View mine={mine} />
          <Rename mine={mine} />
          <Export />
          <Closing mine={mine} />
        </>
      )}
    </Members>
  );
}

function Export() {
  return (
    <section class="settings-block" aria-labelledby="export-head">
      <h2 id="export-head">{t('account.export')}</h2>
      <p class="hint">{t('account.export.text')}</p>
      <p>
        <a class="btn" href={exportPath} download>
          {t('account.export.go')}
        </a>
      </p>
    </section>
  );
}
