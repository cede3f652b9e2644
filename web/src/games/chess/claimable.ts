import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { serverNow } from '../../socket';
import { announce } from '../../ui/live';
import type { Game } from './game';
import type { Live } from './live';
import { isRunning, opponent } from './select';

/** When the opponent may be claimed against; undefined while they are here. */
export function claimTime(game: Game | null): number | undefined {
  if (!game || game.you === null || !isRunning(game)) return undefined;
  const them = game.presence[1 - game.you];
  return them?.state === 'away' ? them.claim_at : undefined;
}

/** Whether the opponent is gone for so long that a claim would be heard, and the player has not chosen to wait. */
export function useClaimable(live: Live): boolean {
  const game = live.game.value;
  const at = claimTime(game);
  const [due, setDue] = useState(false);
  useEffect(() => {
    setDue(false);
    if (at === undefined) return;
    const timer = setTimeout(() => setDue(true), Math.max(0, at - serverNow()));
    return () => clearTimeout(timer);
  }, [at]);
  useEffect(() => {
    if (due && game) announce(t('chess.say.may-claim', { name: opponent(game)?.name ?? '' }));
  }, [due]);
  return due && at !== undefined && live.view.waitsFor.value !== at;
}
