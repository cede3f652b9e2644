import { settings } from '../../settings';

/** Amounts as they are shown: chips, or big blinds with at most one digit after the point. */

const whole = new Intl.NumberFormat('en');
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** An amount in chips, grouped by thousands. */
export function chips(amount: number): string {
  return whole.format(amount);
}

/** An amount as the player has chosen to see amounts; `bigBlind` is 0 where there is none to count in. */
export function money(amount: number, bigBlind: number): string {
  if (!settings.value.bigBlinds || bigBlind <= 0) return chips(amount);
  return `${tenths.format(amount / bigBlind)} BB`;
}
