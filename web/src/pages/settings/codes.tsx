import { t } from '../../i18n';
import { Dialog } from '../../ui/dialog';
import { CopyButton } from './copy';

/** Recovery codes, which the server can never show again. */
export function Codes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog title={t('account.codes')} onClose={onClose}>
      <p>{t('account.codes.text')}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p class="row">
        <CopyButton text={codes.join('\n')} />
        <button type="button" class="btn btn-primary" onClick={onClose}>
          {t('account.codes.kept')}
        </button>
      </p>
    </Dialog>
  );
}
