import { useState } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import type { Token } from '../../people/account-api';
import { query } from '../../router';
import { usePageTitle } from '../../ui/title';
import accountMessages from './account.en.json';
import messages from './en.json';
import { Members } from './members';
import moreMessages from './more.en.json';
import { wishOf } from './token-wish';
import { MakeToken, Secret } from './tokens';
import './settings.css';

addMessages(messages);
addMessages(accountMessages);
addMessages(moreMessages);

/** `/account/oauth/token/create`: a new token, with what a link wants it to have. Nothing is made without a word. */
export default function NewTokenPage() {
  const title = t('account.token.add');
  usePageTitle(title);
  const [made, setMade] = useState<Token | null>(null);
  const [making, setMaking] = useState(true);
  const wish = wishOf(query.value);
  return (
    <main id="main" class="sheet">
      <h1>{made?.name ?? title}</h1>
      <div class="panel">
        {made ? (
          <Secret token={made} />
        ) : (
          <Members>
            {(mine) => (
              <>
                <p>{t('account.tokens.text')}</p>
                <p class="row">
                  <button type="button" class="btn btn-primary" onClick={() => setMaking(true)}>
                    {title}
                  </button>
                  <a href="/settings/account">{t('account.tokens')}</a>
                </p>
                {making && <MakeToken mine={mine} made={setMade} wish={wish} onClose={() => setMaking(false)} />}
              </>
            )}
          </Members>
        )}
      </div>
    </main>
  );
}
