import { t } from '../../i18n';
import { ago } from '../../people/words';
import { serverNow } from '../../socket';

/** When something was used last; 0 is never. */
export function usedText(at: number): string {
  return at === 0 ? t('account.never') : ago(at, serverNow());
}
