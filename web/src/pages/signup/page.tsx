import { useState } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import { account } from '../../people/account-api';
import { Field, Form, plainText } from '../../people/form';
import { useLoad } from '../../people/load';
import { NewName, NewPassword, looksLikeName } from '../../people/new-fields';
import { nextPath, withNext } from '../../people/next';
import { navigate, query } from '../../router';
import { enter, me } from '../../store';
import { usePageTitle } from '../../ui/title';
import { toast } from '../../ui/toasts';
import messages from './en.json';

addMessages(messages);

/** `/signup`: one page, no steps. A guest keeps everything. */
export default function SignUpPage() {
  usePageTitle(t('signup.title'));
  const { value: site } = useLoad('site', account.site);
  const closed = site?.sign_up === 'closed';
  return (
    <main id="main" class="sheet">
      <h1>{t('signup.title')}</h1>
      {closed ? <p>{t('signup.closed')}</p> : <SignUpForm mail={site?.mail ?? false} />}
      <p class="form-links">
        <a href={withNext('/login', nextPath(query.value))}>{t('signup.have')}</a>
      </p>
    </main>
  );
}

function SignUpForm({ mail }: { mail: boolean }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [email, setEmail] = useState('');
  const submit = async () => {
    await account.signUp({ name, password, ...(email.trim() && { email: email.trim() }) });
    const user = await enter();
    toast({ text: t('signup.welcome', { name: user.name }) });
    navigate(nextPath(query.peek()), { replace: true });
  };
  return (
    <div class="panel">
      <p class="hint">{me.value?.guest ? t('signup.keeps', { name: me.value.name }) : t('signup.why')}</p>
      <Form submit={submit} label={t('signup.go')} disabled={!looksLikeName(name) || password === ''}>
        <NewName value={name} onChange={setName} />
        <NewPassword own={[name]} value={password} onChange={setPassword} />
        {mail && (
          <Field
            label={t('signup.email')}
            hint={t('signup.email.hint')}
            type="email"
            name="email"
            autocomplete="email"
            {...plainText}
            value={email}
            onChange={setEmail}
          />
        )}
      </Form>
      <p class="hint">{t('signup.passkey')}</p>
    </div>
  );
}
