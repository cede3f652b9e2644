import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import { Field, Form, plainText } from '../../people/form';

/** The second factor: the code of an app, or a recovery code. */
export function CodeStep({ ticket, done }: { ticket: string; done: () => Promise<void> }) {
  const [code, setCode] = useState('');
  const submit = async () => {
    await account.loginCode(ticket, code.trim());
    await done();
  };
  return (
    <div class="panel">
      <Form submit={submit} label={t('login.go')} disabled={code.trim() === ''}>
        <Field
          label={t('login.code')}
          hint={t('login.code.hint')}
          name="code"
          autocomplete="one-time-code"
          autofocus
          required
          {...plainText}
          value={code}
          onChange={setCode}
        />
      </Form>
    </div>
  );
}
