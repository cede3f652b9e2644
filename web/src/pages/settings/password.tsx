import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import { Form, PasswordField } from '../../people/form';
import { NewPassword } from '../../people/new-fields';
import { enter } from '../../store';
import { Block } from './block';
import type { MineProps } from './block';

/** Changes the password, or gives one to an account that has only passkeys. */
export function Password({ mine }: MineProps) {
  const [old, setOld] = useState('');
  const [wanted, setWanted] = useState('');
  const [done, setDone] = useState(false);
  const has = mine.account.password;
  const submit = async () => {
    setDone(false);
    await account.password({ ...(has && { old }), new: wanted });
    await enter();
    setOld('');
    setWanted('');
    setDone(true);
    mine.again();
  };
  return (
    <Block title={t('account.password')} note={t('account.password.note')}>
      <Form submit={submit} kind="plain" label={t(has ? 'account.password.go' : 'account.password.set')} disabled={(has && old === '') || wanted === ''}>
        {has && <PasswordField label={t('account.password.old')} required value={old} onChange={setOld} />}
        <NewPassword label={t('form.password.new')} own={[mine.user.name]} value={wanted} onChange={setWanted} />
        <p class="is-good" role="status">
          {done && t('account.done')}
        </p>
      </Form>
    </Block>
  );
}
