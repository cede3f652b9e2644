import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { outdated } from '../../store';
import { toast } from '../../ui/toasts';
import type { Live } from './live';
import { isRunning } from './select';

/** Tells of a newer client once the game is over, never during it. */
export function useNewVersion(live: Live): void {
  const game = live.game.value;
  const due = outdated.value && game !== null && !(isRunning(game) && game.you !== null);
  useEffect(() => {
    if (due) toast({ text: t('new.version'), sticky: true, action: { label: t('reload'), run: () => location.reload() } });
  }, [due]);
}
