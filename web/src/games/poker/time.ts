import type { BankClocks } from './state/room';

/** The time of who has to act: first what each action has of its own, then the bank of the seat, which runs by itself. */

export interface TimeLeft {
  /** Of the action's own time, in ms. */
  free: number;
  /** Of the bank, in ms. */
  bank: number;
  /** Whether the bank runs now. */
  banking: boolean;
}

/** The time a seat has left at a moment of the server's clock. */
export function timeLeft(clocks: BankClocks, seat: number, now: number): TimeLeft {
  const bank = clocks.left_ms[seat] ?? 0;
  const own = clocks.delay_ms ?? 0;
  if (clocks.running !== seat) return { free: own, bank, banking: false };
  const spent = clocks.held ? 0 : Math.max(0, now - clocks.at);
  const over = Math.max(0, spent - own);
  return { free: Math.max(0, own - spent), bank: Math.max(0, bank - over), banking: spent >= own };
}

/** Whole seconds as they are counted down: 1 until it is over. */
export function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

/** The share of the time that is left, 0 to 1: of the action's own, and once the bank runs of the bank. */
export function shareLeft(left: TimeLeft, control: { delay: number; bank: number }): number {
  const [now, whole] = left.banking ? [left.bank, control.bank] : [left.free, control.delay];
  return whole > 0 ? Math.min(1, now / whole) : 0;
}

/** Below this the ring is red and a sound is heard, in ms. */
export const LOW = 5000;
