import { useState } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import { account } from '../../people/account-api';
import { Field, Form, plainText } from '../../people/form';
import { useLoad } from '../../people/load';
import { NewName, NewPassword, looksLikeName } from '../../people/new-fields';
import { navigate } from '../../router';
import { enter } from '../../store';
import { Problem } from '../../ui/refusal';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';

addMessages(messages);

/** `/first-run`: who can read what the server prints becomes its first administrator. */
export default function FirstRunPage() {
  usePageTitle(t('first.title'));
  const { value: site, problem, again } = useLoad('site', account.site);
  return (
    <main id="main" class="sheet">
      <h1>{t('first.title')}</h1>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {site?.admin ? (
        <p>
          {t('first.done')} <a href="/login">{t('first.login')}</a>
        </p>
      ) : (
        <FirstForm />
      )}
    </main>
  );
}

function FirstForm() {
  const [code, setCode] = useState(() => location.hash.slice(1));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    await account.firstAdmin({ code: code.trim(), name, password });
    await enter();
    navigate('/', { replace: true });
  };
  return (
    <div class="panel">
      <p>{t('first.text')}</p>
      <Form submit={submit} label={t('first.go')} disabled={!code.trim() || !looksLikeName(name) || password === ''}>
        <Field label={t('first.code')} hint={t('first.code.hint')} autocomplete="off" required {...plainText} value={code} onChange={setCode} />
        <NewName value={name} onChange={setName} />
        <NewPassword own={[name]} value={password} onChange={setPassword} />
      </Form>
    </div>
  );
}
