import { t } from '../../../i18n';
import { set } from '../../../settings';
import { Dialog } from '../../../ui/dialog';

/** Asked at the first press of a key that acts: a wrong key costs chips. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const on = (): void => {
    set({ tableKeys: true });
    onClose();
  };
  return (
    <Dialog title={t('poker.keys.title')} onClose={onClose}>
      <p>{t('poker.keys.text')}</p>
      <div class="row">
        <button type="button" class="btn btn-primary" onClick={on}>
          {t('poker.keys.on')}
        </button>
        <button type="button" class="btn" onClick={onClose}>
          {t('poker.keys.off')}
        </button>
      </div>
    </Dialog>
  );
}
