import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import { Field, Form, plainText } from '../../people/form';
import { useLoad } from '../../people/load';
import { NewPassword } from '../../people/new-fields';

/** The ways to a new password: a recovery code, a link by mail where the server sends mail, or whoever runs it. */
export function Lost({ done }: { done: () => Promise<void> }) {
  const { value: site } = useLoad('site', account.site);
  const [name, setName] = useState('');
  return (
    <>
      <ByCode name={name} setName={setName} done={done} />
      {site?.mail && <ByMail name={name} setName={setName} />}
      <p class="hint">{t('lost.admin')}</p>
    </>
  );
}

interface NameProps {
  name: string;
  setName: (name: string) => void;
}

function Name({ name, setName }: NameProps) {
  return <Field label={t('form.name')} name="username" autocomplete="username" required {...plainText} value={name} onChange={setName} />;
}

function ByCode({ name, setName, done }: NameProps & { done: () => Promise<void> }) {
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    await account.recoverByCode({ name: name.trim(), code: code.trim(), password });
    await done();
  };
  return (
    <section class="panel" aria-labelledby="by-code">
      <h2 id="by-code">{t('lost.code')}</h2>
      <Form submit={submit} label={t('lost.code.go')} disabled={!name.trim() || !code.trim() || !password}>
        <Name name={name} setName={setName} />
        <Field label={t('lost.code.field')} autocomplete="one-time-code" required {...plainText} value={code} onChange={setCode} />
        <NewPassword label={t('form.password.new')} own={[name]} value={password} onChange={setPassword} />
      </Form>
    </section>
  );
}

function ByMail({ name, setName }: NameProps) {
  const [sent, setSent] = useState(false);
  const submit = async () => {
    await account.recoverByMail(name.trim());
    setSent(true);
  };
  return (
    <section class="panel" aria-labelledby="by-mail">
      <h2 id="by-mail">{t('lost.mail')}</h2>
      <Form submit={submit} label={t('lost.mail.go')} kind="plain" disabled={!name.trim()}>
        <Name name={name} setName={setName} />
        <p class="is-good" role="status">
          {sent && t('lost.mail.sent')}
        </p>
      </Form>
    </section>
  );
}
