import { addMessages, t } from '../../i18n';
import { exportPath } from '../../people/account-api';
import type { MineProps } from './block';
import { Closing } from './closing';
import messages from './more.en.json';
import { Rename } from './rename';
import { Sessions } from './sessions';
import { Tokens } from './tokens';

addMessages(messages);

/** The lower half of the account page, which comes after the upper one. */
export function More({ mine }: MineProps) {
  return (
    <>
      <Sessions />
      <Tokens mine={mine} />
      <Rename mine={mine} />
      <Export />
      <Closing mine={mine} />
    </>
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
