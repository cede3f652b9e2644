import { t } from '../../i18n';
import type { Live } from './live';

/** This tab's seat is played from another one. */
export function Replaced({ live }: { live: Live }) {
  const game = live.game.value;
  if (!game || game.lostSeat === null || game.result) return null;
  return (
    <section class="replaced" role="alert">
      <p>{t('chess.replaced')}</p>
      <button type="button" class="btn btn-primary" onClick={() => live.playHere()}>
        {t('chess.play-here')}
      </button>
    </section>
  );
}
