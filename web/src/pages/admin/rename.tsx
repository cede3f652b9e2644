import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { NewName, looksLikeName } from '../../people/new-fields';
import { navigate } from '../../router';
import { toast } from '../../ui/toasts';
import { Block } from '../settings/block';
import { ConfirmDialog } from '../settings/confirm';
import { admin } from './api';
import type { UserProps } from './user';

/** Another name for somebody; it does not use up the change that is their own. */
export function RenameUser({ mine, of, changed }: UserProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <Block title={t('admin.rename')} note={t('admin.rename.note')}>
      <p>
        <button type="button" class="btn" onClick={() => setOpen(true)}>
          {t('admin.rename.go')}
        </button>
      </p>
      {open && (
        <ConfirmDialog
          account={mine.account}
          title={t('admin.rename.title', { name: of.name })}
          label={t('admin.rename.go')}
          ready={looksLikeName(name) && name !== of.name}
          run={async (confirm) => {
            await admin.rename(of.name, name, confirm);
            return () => {
              toast({ text: t('admin.rename.done', { old: of.name, name }) });
              changed();
              navigate(`/admin/users/${name}`, { replace: true });
            };
          }}
          onClose={() => setOpen(false)}
        >
          <NewName label={t('admin.rename.new')} value={name} onChange={setName} />
        </ConfirmDialog>
      )}
    </Block>
  );
}
