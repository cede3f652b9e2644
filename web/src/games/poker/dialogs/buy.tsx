import './dialogs.css';
import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { act } from '../../../socket';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Problem } from '../../../ui/refusal';
import type { Live } from '../live';
import { chips } from '../money';
import { isRunning, ownChair, ownPlayer } from '../select';
import { BuyAmount } from './amount';
import { PurseLine, usePurse } from './purse';
import { rangeOf } from './sit';

/** More chips: after all are gone, or up to what the table allows. In a hand they count from the next one. */
export function BuyDialog({ live, onClose }: { live: Live; onClose: () => void }) {
  const room = live.room.value;
  const [purse, setPurse] = usePurse();
  const [wish, setWish] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const chair = room && ownChair(room);
  if (!room || !chair) return null;
  const playing = isRunning(room) ? ownPlayer(room) : undefined;
  const has = (playing?.stack ?? chair.stack) + (chair.coming ?? 0);
  const range = rangeOf(room, has, purse?.chips);
  const full = (room.stakes.max_buy_in ?? 0) - has < 1;
  const amount = Math.max(range.least, Math.min(range.most, wish ?? Math.min(range.most, 100 * range.bigBlind)));
  const buy = async (): Promise<void> => {
    await act(live.table, { type: 'buy', chips: amount });
    if (chair.out) await act(live.table, { type: 'sit-in' }).catch(() => undefined);
    onClose();
  };
  return (
    <Dialog title={t('poker.rebuy')} onClose={onClose}>
      {full ? <p>{t('poker.buy.full')}</p> : <BuyAmount range={range} value={amount} onChange={setWish} />}
      <PurseLine purse={purse} onTaken={setPurse} />
      {playing && !full && <p class="hint">{t('poker.buy.later')}</p>}
      {problem !== null && <Problem reason={problem} />}
      {!full && (
        <Button kind="primary" class="wide" onPress={buy} onFailure={setProblem}>
          {t('poker.buy.do', { amount: chips(amount) })}
        </Button>
      )}
    </Dialog>
  );
}
