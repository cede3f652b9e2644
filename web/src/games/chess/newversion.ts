import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { outdated } from '../../store';
import { toast } from '../../ui/toasts';
import type { Live } from './live';
import { isOver } from './select';

/** Tells of a newer client once the game is over, never during it. */
export function useNewVersion(live: Live): void {
  const game = live.game.value;
  const done = game !== null && (isOver(game) || (game.you === null && !game.waiting));
  const due = outdated.value && done;
  useEffect(() => {
    if (due) toast({ text: t('new.version'), sticky: true, actions: [{ label: t('reload'), run: () => location.reload() }] });
  }, [due]);
}
