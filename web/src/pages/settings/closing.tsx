import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Confirm } from '../../people/account-api';
import { Field, plainText } from '../../people/form';
import { navigate } from '../../router';
import { leave } from '../../store';
import { Block } from './block';
import type { MineProps } from './block';
import { ConfirmDialog } from './confirm';

/** The end of the account; the name is typed, so that nobody does it in passing. */
export function Closing({ mine }: MineProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const run = async (confirm: Confirm) => {
    await account.close(name.trim(), confirm);
    leave();
    navigate('/', { replace: true });
  };
  return (
    <Block title={t('account.close')} note={t('account.close.text')}>
      <p>
        <button type="button" class="btn btn-danger" onClick={() => setOpen(true)}>
          {t('account.close')}
        </button>
      </p>
      {open && (
        <ConfirmDialog
          account={mine.account}
          title={t('account.close')}
          label={t('account.close.go')}
          danger
          ready={name.trim() === mine.user.name}
          run={run}
          onClose={() => setOpen(false)}
        >
          <Field label={t('account.close.name', { name: mine.user.name })} autocomplete="off" {...plainText} value={name} onChange={setName} />
        </ConfirmDialog>
      )}
    </Block>
  );
}
