import './dialogs.css';
import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { ensureUser, me } from '../../../store';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Problem } from '../../../ui/refusal';
import type { Live } from '../live';
import { chips } from '../money';
import { freeSeats, isTournament, stakesText } from '../select';
import type { Room } from '../state/room';
import { BuyAmount } from './amount';
import type { BuyRange } from './amount';
import { PurseLine, usePurse } from './purse';

/** What somebody may bring to a seat, as far as the purse goes. */
export function rangeOf(room: Room, has: number, purse: number | undefined): BuyRange {
  const { min_buy_in = 0, max_buy_in = 0, big_blind } = room.stakes;
  const least = Math.max(1, min_buy_in - has);
  const most = Math.max(least, Math.min(max_buy_in - has, purse ?? Infinity));
  return { least, most, bigBlind: big_blind };
}

/** Taking a seat: which one, and with how many chips. */
export function SitDialog({ live, seat: first, onClose }: { live: Live; seat: number; onClose: () => void }) {
  const room = live.room.value;
  const [purse, setPurse] = usePurse();
  const [seat, setSeat] = useState(first);
  const [wish, setWish] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  if (!room) return null;
  const range = rangeOf(room, 0, purse?.chips);
  const amount = Math.max(range.least, Math.min(range.most, wish ?? Math.min(range.most, 100 * range.bigBlind)));
  const owner = room.info.owner === me.value?.id;
  const asks = room.info.approval && !owner;
  const sit = async (): Promise<void> => {
    await ensureUser();
    await live.sit({ type: 'sit', seat, ...(!isTournament(room) && { chips: amount }) });
    onClose();
  };
  const ask = async (): Promise<void> => {
    await ensureUser();
    await live.act({ type: 'ask' });
    onClose();
  };
  return (
    <Dialog title={t('poker.take-seat')} onClose={onClose} class="sit-dialog">
      <p>{t('poker.sit.stakes', { stakes: stakesText(room.stakes) })}</p>
      <SeatChoice room={room} seat={seat} onChange={setSeat} />
      {isTournament(room) ? <p>{t('poker.sit.entry', { amount: chips(room.stakes.entry ?? 0) })}</p> : <BuyAmount range={range} value={amount} onChange={setWish} />}
      <PurseLine purse={purse} onTaken={setPurse} />
      {asks && <p class="hint">{t('poker.sit.approval')}</p>}
      {problem !== null && <Problem reason={problem} />}
      <div class="row">
        <Button kind="primary" class="wide" onPress={sit} onFailure={setProblem}>
          {isTournament(room) ? t('poker.sit.enter') : t('poker.sit.with', { amount: chips(amount) })}
        </Button>
        {asks && (
          <Button onPress={ask} onFailure={setProblem}>
            {t('poker.ask')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function SeatChoice({ room, seat, onChange }: { room: Room; seat: number; onChange: (seat: number) => void }) {
  return (
    <label class="buy-line">
      <span>{t('poker.sit.which')}</span>
      <select class="field" value={String(seat)} onChange={(event) => onChange(Number(event.currentTarget.value))}>
        {freeSeats(room).map((free) => (
          <option key={free} value={String(free)}>
            {t('poker.seat', { n: free + 1 })}
          </option>
        ))}
      </select>
    </label>
  );
}
