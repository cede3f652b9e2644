import { useState } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import { account } from '../../people/account-api';
import { Form } from '../../people/form';
import { NewPassword } from '../../people/new-fields';
import { navigate } from '../../router';
import { enter } from '../../store';
import { usePageTitle } from '../../ui/title';
import { CodeStep } from '../login/code-step';
import messages from '../login/en.json';

addMessages(messages);

async function arrive(): Promise<void> {
  await enter();
  navigate('/', { replace: true });
}

/** `/recover#TOKEN`, the link of a mail: the token stands behind the `#`, so that no log has it. */
export default function RecoverPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [ticket, setTicket] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  usePageTitle(t('link.title'));
  const submit = async () => {
    const entry = await account.recoverByLink(token, password);
    if ('need' in entry) return setTicket(entry.ticket);
    await arrive();
  };
  return (
    <main id="main" class="sheet">
      <h1>{t('link.title')}</h1>
      {token === '' && (
        <>
          <p class="problem">{t('link.none')}</p>
          <p class="form-links">
            <a href="/login">{t('link.ways')}</a>
          </p>
        </>
      )}
      {ticket !== null && <CodeStep ticket={ticket} done={arrive} />}
      {token !== '' && ticket === null && (
        <div class="panel">
          <Form submit={submit} label={t('link.go')} disabled={password === ''}>
            <NewPassword label={t('form.password.new')} value={password} onChange={setPassword} />
          </Form>
        </div>
      )}
    </main>
  );
}
