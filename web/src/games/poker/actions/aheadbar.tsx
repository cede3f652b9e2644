import { t } from '../../../i18n';
import type { Live } from '../live';
import { money } from '../money';
import type { Ahead } from './ahead';

/** Actions for when the turn comes: one at most, and the same press takes it back. */
export function AheadBar({ live, list, bigBlind }: { live: Live; list: readonly Ahead[]; bigBlind: number }) {
  const set = live.view.ahead.value;
  return (
    <div class="abar-row ahead" role="group" aria-label={t('poker.actions.pre')}>
      {list.map((ahead) => {
        const on = set?.type === ahead.type;
        return (
          <button key={ahead.type} type="button" class="btn act-ahead" aria-pressed={on} onClick={() => live.setAhead(on ? null : ahead)}>
            <span class="box" aria-hidden="true" />
            {t(`poker.ahead.${ahead.type}`, { amount: money(ahead.amount, bigBlind) })}
          </button>
        );
      })}
    </div>
  );
}
