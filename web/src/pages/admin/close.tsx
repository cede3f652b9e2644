import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { Field, plainText } from '../../people/form';
import { navigate } from '../../router';
import { toast } from '../../ui/toasts';
import { Block } from '../settings/block';
import { ConfirmDialog } from '../settings/confirm';
import { admin } from './api';
import type { UserProps } from './user';

/** The end of somebody's account. The name is typed, so that it is not the wrong one. */
export function CloseUser({ mine, of, changed }: UserProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  return (
    <Block title={t('admin.close')} note={t('admin.close.note')}>
      <p>
        <button type="button" class="btn btn-danger" onClick={() => setOpen(true)}>
          {t('admin.close')}
        </button>
      </p>
      {open && (
        <ConfirmDialog
          account={mine.account}
          title={t('admin.close.title', { name: of.name })}
          label={t('admin.close.go')}
          danger
          ready={typed.trim() === of.name}
          run={async (confirm) => {
            await admin.close(of.name, typed.trim(), confirm);
            return () => {
              toast({ text: t('admin.close.done', { name: of.name }) });
              changed();
              navigate('/admin', { replace: true });
            };
          }}
          onClose={() => setOpen(false)}
        >
          <Field label={t('admin.close.name', { name: of.name })} autocomplete="off" {...plainText} value={typed} onChange={setTyped} />
        </ConfirmDialog>
      )}
    </Block>
  );
}
