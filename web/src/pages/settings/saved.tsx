import { t } from '../../i18n';
import { saveProblem, saveState } from '../../people/sync';
import { me } from '../../store';
import { Icon } from '../../ui/icons';
import { reasonText } from '../../ui/refusal';

/** Whether what was changed is safe: a tick, or why it was taken back. */
export function Saved() {
  const state = saveState.value;
  const local = !me.value || me.value.guest;
  return (
    <p class={`saved is-${state}`} role="status">
      {local && t('settings.here')}
      {!local && state === 'saving' && t('settings.saving')}
      {!local && state === 'saved' && (
        <>
          <Icon name="check" size={16} /> {t('settings.saved')}
        </>
      )}
      {!local && state === 'failed' && `${t('settings.failed')} ${reasonText(saveProblem.value)}`}
    </p>
  );
}
