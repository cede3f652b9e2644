import { t } from '../../../i18n';
import { settings } from '../../../settings';
import { online } from '../../../socket';
import type { Live } from '../live';
import { isAsked, ownLegal } from '../select';
import type { Room } from '../state/room';
import { Act } from './act';
import { choices } from './ahead';
import { AheadBar } from './aheadbar';
import { Idle } from './idle';
import { Notice } from './notice';

/** What the player can do now: act, set an action for later, or come and go. Always of the same height on one screen. */
export function ActionBar({ live }: { live: Live }) {
  const room = live.shown.value;
  return (
    <section class="abar" aria-label={t('poker.bar')}>
      {room && <Notice room={room} />}
      {room ? <Inside live={live} room={room} /> : <div class="abar-row" />}
    </section>
  );
}

function Inside({ live, room }: { live: Live; room: Room }) {
  const now = live.room.value ?? room;
  const sending = now.sending.some((type) => ['fold', 'check', 'call', 'bet', 'raise', 'run'].includes(type));
  const legal = live.acting.value ? ownLegal(room) : null;
  if (live.acting.value && isAsked(room)) return <Runs live={live} sending={sending} />;
  if (legal) return <Act live={live} room={room} legal={legal} sending={sending || !online.value} />;
  const ahead = settings.value.preActions ? choices(room) : [];
  if (ahead.length > 0) return <AheadBar live={live} list={ahead} bigBlind={room.hand?.big_blind ?? 0} />;
  return <Idle live={live} room={room} />;
}

/** Everybody who is all-in is asked; one who wants it once settles it. */
function Runs({ live, sending }: { live: Live; sending: boolean }) {
  return (
    <div class="abar-row two" role="group" aria-label={t('poker.run')}>
      <p class="abar-text">{t('poker.run')}</p>
      <button type="button" class="btn act-plain" disabled={sending} onClick={() => live.decide({ type: 'run', times: 1 })}>
        {t('poker.run.once')}
      </button>
      <button type="button" class="btn act-call" disabled={sending} onClick={() => live.decide({ type: 'run', times: 2 })}>
        {t('poker.run.twice')}
      </button>
    </div>
  );
}
