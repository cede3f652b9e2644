import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import { Field, plainText } from '../../people/form';
import { useLoad } from '../../people/load';
import { Block } from './block';
import type { MineProps } from './block';
import { ConfirmDialog } from './confirm';

export function Email({ mine }: MineProps) {
  const { value: site } = useLoad('site', account.site);
  const [email, setEmail] = useState(mine.account.email);
  const [open, setOpen] = useState(false);
  const run = async (confirm: object) => mine.put((await account.change({ email: email.trim(), ...confirm })).account);
  return (
    <Block title={t('account.email')} note={t(site?.mail === false ? 'account.email.none' : 'account.email.note')}>
      <Field label={t('account.email')} type="email" autocomplete="email" {...plainText} value={email} onChange={setEmail} />
      <p>
        <button type="button" class="btn" disabled={email.trim() === mine.account.email} onClick={() => setOpen(true)}>
          {t('account.email.go')}
        </button>
      </p>
      {open && <ConfirmDialog account={mine.account} title={t('account.email')} label={t('account.email.go')} run={run} onClose={() => setOpen(false)} />}
    </Block>
  );
}
