import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Confirm } from '../../people/account-api';
import { NewName, looksLikeName } from '../../people/new-fields';
import { enter } from '../../store';
import { Block } from './block';
import type { MineProps } from './block';
import { ConfirmDialog } from './confirm';

/** Another name, once. */
export function Rename({ mine }: MineProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const run = async (confirm: Confirm) => {
    await account.rename(name, confirm);
    await enter();
    mine.again();
  };
  return (
    <Block title={t('account.rename')} note={t(mine.account.renamed ? 'account.rename.used' : 'account.rename.text')}>
      <p>
        <button type="button" class="btn" onClick={() => setOpen(true)}>
          {t('account.rename.go')}
        </button>
      </p>
      {open && (
        <ConfirmDialog
          account={mine.account}
          title={t('account.rename.go')}
          label={t('account.rename.go')}
          ready={looksLikeName(name) && name !== mine.user.name}
          run={run}
          onClose={() => setOpen(false)}
        >
          <NewName label={t('account.rename.new')} value={name} onChange={setName} />
        </ConfirmDialog>
      )}
    </Block>
  );
}
