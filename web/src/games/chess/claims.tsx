import { t } from '../../i18n';
import { Button } from '../../ui/button';
import { claimTime } from './claimable';
import type { Live } from './live';

/** What may be done about an opponent who is gone. */
export function Claims({ live }: { live: Live }) {
  const wait = (): void => void (live.view.waitsFor.value = claimTime(live.game.value));
  return (
    <>
      <Button kind="primary" onPress={() => live.act({ type: 'claim-win' })}>
        {t('chess.claim.win')}
      </Button>
      <Button onPress={() => live.act({ type: 'claim-draw' })}>{t('chess.claim.draw')}</Button>
      <Button onPress={wait}>{t('chess.claim.wait')}</Button>
    </>
  );
}
