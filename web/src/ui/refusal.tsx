import { t } from '../i18n';
import { Button } from './button';

/** A sentence for the player about what something was rejected with. */
export function reasonText(reason: unknown): string {
  return reason instanceof Error && reason.message ? reason.message : t('error.unknown');
}

export interface ProblemProps {
  reason: unknown;
  retry?: () => unknown;
}

/** A failed request, said at the place of the action, with a way to try again. */
export function Problem({ reason, retry }: ProblemProps) {
  return (
    <div class="problem" role="alert">
      <span>{reasonText(reason)}</span>
      {retry && <Button onPress={retry}>{t('retry')}</Button>}
    </div>
  );
}
