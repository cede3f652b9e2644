import { t } from '../i18n';
import { leavePool, pool } from '../pairing';
import { path } from '../router';
import { Icon } from '../ui/icons';

/** The wait for an opponent goes on while a bot is played; here it is seen and stopped. */
export function PoolChip() {
  const wait = pool.value;
  if (!wait || path.value === '/') return null;
  return (
    <button type="button" class="btn pool-chip" title={t('pairing.cancel')} onClick={leavePool}>
      <span class="spinner" aria-hidden="true" />
      <span class="vh">{t('pairing.chip', { control: wait.control })}. </span>
      <span class="num" aria-hidden="true">
        {wait.control}
      </span>
      <Icon name="x" size={16} />
      <span class="vh">{t('pairing.cancel')}</span>
    </button>
  );
}
