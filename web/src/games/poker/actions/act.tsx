import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { settings } from '../../../settings';
import { useMedia } from '../../../ui/use';
import type { Live } from '../live';
import { money } from '../money';
import { isBet, ownPlayer } from '../select';
import type { Room } from '../state/room';
import type { Legal } from '../wire';
import { canRaise, hasChoice } from './sizes';
import type { Spread } from './sizes';
import { Sizing } from './sizing';

export interface ActProps {
  live: Live;
  room: Room;
  legal: Legal;
  /** An action is on its way, or there is no connection. */
  sending: boolean;
}

/** Where the panel of sizes has no place of its own: it opens over the buttons. */
export const FOLDED_SIZES = '(max-width: 820.98px) and (min-height: 480px)';

/** The buttons of the own turn. Labels carry the amounts, and raises are TO an amount. */
export function Act({ live, room, legal, sending }: ActProps) {
  const armed = useArmed(live);
  const narrow = useMedia(FOLDED_SIZES);
  const open = !narrow || live.view.sizing.value;
  const spread = spreadOf(room, legal);
  const off = sending || !armed;
  return (
    <div class={`act-bar ${open && hasChoice(legal) ? 'sized' : ''}`} role="group" aria-label={t('poker.actions')}>
      {hasChoice(legal) && open && <Sizing live={live} spread={spread} />}
      {live.view.confirm.value ? (
        <Confirm live={live} spread={spread} what={live.view.confirm.value} />
      ) : (
        <div class="abar-row">
          <Fold live={live} legal={legal} off={off} />
          <CheckOrCall live={live} spread={spread} room={room} off={off} />
          {canRaise(legal) ? <Raise live={live} room={room} spread={spread} off={off} narrow={narrow} /> : <span class="act-none" />}
        </div>
      )}
    </div>
  );
}

export function spreadOf(room: Room, legal: Legal): Spread {
  const me = ownPlayer(room);
  return { legal, pot: room.hand?.pot ?? 0, bet: me?.bet ?? 0, stack: me?.stack ?? 0, bigBlind: room.hand?.big_blind ?? 1 };
}

/** False for a quarter of a second after the buttons came, against clicks meant for what was there before. */
function useArmed(live: Live): boolean {
  const until = live.view.armedAt.value;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const rest = until - performance.now();
    if (rest <= 0) return setNow(performance.now());
    const timer = setTimeout(() => setNow(performance.now()), rest + 10);
    return () => clearTimeout(timer);
  }, [until]);
  return now >= until;
}

function Key({ name }: { name: string }) {
  return settings.value.tableKeys ? <kbd aria-hidden="true">{name}</kbd> : null;
}

/** Folds, and asks first when that costs nothing. */
export function fold(live: Live, legal: Legal): void {
  if (legal.call === 0 && settings.value.confirmFold) live.view.confirm.value = 'fold';
  else live.decide({ type: 'fold' });
}

function Fold({ live, legal, off }: { live: Live; legal: Legal; off: boolean }) {
  return (
    <button type="button" class="btn act-fold" disabled={off} onClick={() => fold(live, legal)}>
      {t('poker.fold')}
      <Key name="F" />
    </button>
  );
}

export function checkOrCall(live: Live, legal: Legal): void {
  live.decide(legal.call === 0 ? { type: 'check' } : { type: 'call', amount: legal.call });
}

function CheckOrCall({ live, spread, room, off }: { live: Live; spread: Spread; room: Room; off: boolean }) {
  const { legal } = spread;
  const amount = money(legal.call, spread.bigBlind);
  const all = legal.call > 0 && legal.call === ownPlayer(room)?.stack;
  const text = legal.call === 0 ? t('poker.check') : t(all ? 'poker.call-all' : 'poker.call', { amount });
  return (
    <button type="button" class="btn act-call" disabled={off} onClick={() => checkOrCall(live, legal)}>
      {text}
      <Key name="C" />
    </button>
  );
}

/** The size that is set; the smallest until one is. */
export function sizeOf(live: Live, legal: Legal): number {
  return Math.max(legal.min_to, Math.min(legal.max_to, live.view.to.value ?? legal.min_to));
}

/** Bets or raises to the size that is set. An all-in may be asked about first. */
export function raise(live: Live, room: Room, legal: Legal, sure = false): void {
  const to = sizeOf(live, legal);
  const me = ownPlayer(room);
  const all = me !== undefined && to === me.bet + me.stack;
  if (all && settings.value.confirmAllIn && !sure) live.view.confirm.value = 'all-in';
  else live.decide({ type: room.hand && isBet(room.hand) ? 'bet' : 'raise', to });
}

/** Where sizes are folded away the first press opens them, and the second sends. */
function Raise({ live, room, spread, off, narrow }: { live: Live; room: Room; spread: Spread; off: boolean; narrow: boolean }) {
  const { legal } = spread;
  const opens = narrow && hasChoice(legal) && !live.view.sizing.value;
  const press = (): void => {
    if (opens) live.view.sizing.value = true;
    else raise(live, room, legal);
  };
  return (
    <button type="button" class="btn act-raise" disabled={off} aria-expanded={narrow && hasChoice(legal) ? !opens : undefined} onClick={press}>
      {raiseText(room, sizeOf(live, legal))}
      <Key name="R" />
    </button>
  );
}

/** "Bet 150", "Raise to 450", "All-in 4,850". */
export function raiseText(room: Room, to: number): string {
  const me = ownPlayer(room);
  const amount = money(to, room.hand?.big_blind ?? 0);
  if (me && to === me.bet + me.stack) return t('poker.all-in', { amount });
  return t(room.hand && isBet(room.hand) ? 'poker.bet' : 'poker.raise', { amount });
}

function Confirm({ live, spread, what }: { live: Live; spread: Spread; what: 'fold' | 'all-in' }) {
  const room = live.shown.value;
  const go = (): void => {
    if (what === 'fold') live.decide({ type: 'fold' });
    else if (room) raise(live, room, spread.legal, true);
  };
  return (
    <div class="abar-row two" role="alertdialog" aria-label={t(`poker.sure.${what}`)}>
      <p class="abar-text">{t(`poker.sure.${what}`)}</p>
      <button type="button" class="btn act-plain" onClick={() => (live.view.confirm.value = null)}>
        {t('poker.back')}
      </button>
      <button type="button" class="btn act-raise" onClick={go}>
        {what === 'fold' ? t('poker.fold-anyway') : t('poker.all-in', { amount: money(sizeOf(live, spread.legal), spread.bigBlind) })}
      </button>
    </div>
  );
}
