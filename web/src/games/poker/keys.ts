import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { navigate } from '../../router';
import { settings } from '../../settings';
import { serverNow } from '../../socket';
import { mine } from '../../store';
import { announce } from '../../ui/live';
import { addShortcuts } from '../../ui/shortcuts';
import type { Shortcut } from '../../ui/shortcuts';
import { checkOrCall, fold, sizeOf, spreadOf } from './actions/act';
import { PRESETS, canRaise, clamp, longStride, presetTo, stride } from './actions/sizes';
import { lastText, stacksText, turnText } from './announce';
import type { Live } from './live';
import { money } from './money';
import { bigBlindOf, isMyTurn, ownLegal } from './select';
import { cardNames } from './speech';
import { seconds, timeLeft } from './time';

/** The keys of the table. Those that spend chips work once the player has switched them on. */
export function useTableKeys(live: Live): void {
  useEffect(() => addShortcuts([...asking(live), ...acting(live), ...moving(live)]), [live]);
}

/** Keys that only say something. */
function asking(live: Live): Shortcut[] {
  const say = (keys: string, name: string, text: () => string): Shortcut => ({
    keys,
    label: t(`poker.keys.${name}`),
    run: () => announce(text()),
  });
  const room = () => live.shown.value;
  return [
    say('v', 'cards', () => {
      const you = room()?.hand?.you;
      return you ? [cardNames(you.cards), you.made].filter(Boolean).join(': ') : t('poker.say.no-cards');
    }),
    say('b', 'board', () => room()?.hand?.boards.map((board) => cardNames(board)).join('. ') || t('poker.say.no-board')),
    say('p', 'pots', () => potsText(live)),
    say('s', 'stacks', () => (room() ? stacksText(room()!) : '')),
    say('l', 'last', () => (room() ? lastText(room()!) : '')),
    say('t', 'time', () => timeText(live)),
    { keys: 'h', label: t('poker.keys.history'), run: () => void (live.view.layer.value = live.view.layer.value === 'history' ? null : 'history') },
  ];
}

function potsText(live: Live): string {
  const room = live.shown.value;
  if (!room?.hand) return t('poker.say.nothing');
  const blind = bigBlindOf(room);
  const pots = room.hand.pots.length > 1 ? room.hand.pots.map(({ amount }) => money(amount, blind)) : [money(room.hand.pot, blind)];
  return pots.map((pot) => t('poker.say.pots', { pot })).join(', ');
}

function timeText(live: Live): string {
  const room = live.room.value;
  if (!room) return '';
  const running = room.clocks?.running;
  const left = room.clocks && typeof running === 'number' ? timeLeft(room.clocks, running, serverNow()) : null;
  const n = left ? seconds(left.free + left.bank) : undefined;
  if (isMyTurn(room)) return turnText(room, n);
  return n === undefined ? t('poker.say.nothing') : t('poker.say.seconds', { n });
}

/** Keys that act. The first press without the permission asks for it. */
function acting(live: Live): Shortcut[] {
  const act = (keys: string, name: string, run: (shift: boolean) => void): Shortcut => ({
    keys,
    label: t(`poker.keys.${name}`),
    run: (event) => {
      if (!live.room.value || live.room.value.you === null) return;
      if (!settings.value.tableKeys) live.view.layer.value = 'keys';
      else if (live.acting.value && performance.now() >= live.view.armedAt.value) run(event.shiftKey);
    },
  });
  return [
    act('f', 'fold', () => withLegal(live, (legal) => fold(live, legal))),
    act('c', 'call', () => withLegal(live, (legal) => checkOrCall(live, legal))),
    act('r', 'raise', () => focusAmount(live)),
    act('a', 'all-in', () => size(live, (spread) => spread.legal.max_to)),
    ...PRESETS.map((preset, i) => act(String(i + 1), `preset-${i + 1}`, () => size(live, (spread) => presetTo(spread, preset)))),
    act('ArrowUp', 'more', (shift) => size(live, (spread, to) => to + (shift ? longStride(spread) : stride(spread)))),
    act('ArrowDown', 'less', (shift) => size(live, (spread, to) => to - (shift ? longStride(spread) : stride(spread)))),
  ];
}

function withLegal(live: Live, run: (legal: NonNullable<ReturnType<typeof ownLegal>>) => void): void {
  const legal = live.room.value && ownLegal(live.room.value);
  if (legal) run(legal);
}

function size(live: Live, to: (spread: ReturnType<typeof spreadOf>, now: number) => number): void {
  const room = live.room.value;
  withLegal(live, (legal) => {
    if (!room || !canRaise(legal)) return;
    const spread = spreadOf(room, legal);
    live.view.sizing.value = true;
    live.view.to.value = clamp(legal, to(spread, sizeOf(live, legal)));
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.act-raise')?.focus());
  });
}

/** The first `r` goes to the amount; Enter, or `r` again on the button, sends. */
function focusAmount(live: Live): void {
  withLegal(live, (legal) => {
    if (!canRaise(legal)) return;
    const there = document.activeElement?.classList.contains('act-raise');
    if (there) return document.querySelector<HTMLElement>('.act-raise')?.click();
    live.view.sizing.value = true;
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.amount, .act-raise')?.focus());
  });
}

/** Tab cycles the tables that wait for an action; without one it moves the focus as everywhere. */
function moving(live: Live): Shortcut[] {
  return [
    {
      keys: 'n',
      label: t('poker.keys.next'),
      run: () => {
        const waiting = (mine.value ?? []).filter(({ kind, table, my_turn }) => kind === 'poker' && my_turn && table !== live.table);
        if (waiting[0]) navigate(`/t/${waiting[0].table}`);
      },
    },
  ];
}
