import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import type { Account, Confirm } from '../../people/account-api';
import { Form, PasswordField } from '../../people/form';
import { Dialog } from '../../ui/dialog';

export interface ConfirmProps {
  account: Account;
  title: string;
  label: string;
  danger?: boolean;
  /** Whether the fields inside are filled. */
  ready?: boolean;
  /** Does it, with the password. Then the dialog closes, and what this resolved with is called. */
  run: (confirm: Confirm) => Promise<void | (() => void)>;
  onClose: () => void;
  children?: ComponentChildren;
}

/** A change that needs the password, or, in an account without one, a fresh sign-in. */
export function ConfirmDialog({ account, title, label, danger = false, ready = true, run, onClose, children }: ConfirmProps) {
  const [password, setPassword] = useState('');
  const submit = async () => {
    const after = await run(account.password ? { password } : {});
    onClose();
    after?.();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form submit={submit} label={label} kind={danger ? 'danger' : 'primary'} disabled={!ready || (account.password && password === '')}>
        {children}
        {account.password ? (
          <PasswordField label={t('account.confirm')} required value={password} onChange={setPassword} />
        ) : (
          <p class="hint">{t('account.confirm.none')}</p>
        )}
      </Form>
    </Dialog>
  );
}
