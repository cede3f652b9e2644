import type { WatchTable } from '../../api';
import { addMessages, t } from '../../i18n';
import type { MyTable } from '../../wire';
import messages from './cards.en.json';
import './css/cards.css';

addMessages(messages);

/** Poker in the cards of running games. */

/** A small table, with a dot for each seat that is taken. */
export function Picture({ table, seat }: { table: MyTable | WatchTable; seat: number | null }) {
  const seats = 'seats' in table ? table.seats : [];
  return <MiniTable taken={seats.length > 0 ? seats.map(Boolean) : [true, true, true, true, true, true]} mine={seat} />;
}

export function MiniTable({ taken, mine }: { taken: readonly boolean[]; mine: number | null }) {
  return (
    <svg class="mini-table" viewBox="0 0 100 64" aria-hidden="true">
      <rect x="10" y="12" width="80" height="40" rx="20" class="mini-cloth" />
      {taken.map((here, i) => {
        const turn = (i / taken.length) * 2 * Math.PI + Math.PI / 2;
        const look = i === mine ? 'mine' : here ? 'taken' : 'free';
        return <circle key={i} cx={50 + 43 * Math.cos(turn)} cy={32 + 24 * Math.sin(turn)} r="6" class={`mini-seat ${look}`} />;
      })}
    </svg>
  );
}

export function Players({ table }: { table: WatchTable }) {
  const here = table.seats.filter(Boolean);
  return (
    <>
      <span class="clip">{t('poker.cards.table')}</span>
      <span class="clip num">{t('poker.cards.seats', { n: here.length })}</span>
    </>
  );
}

export function Terms({ table }: { table: MyTable }) {
  return <span class="num">{table.control ?? t('poker.cards.table')}</span>;
}
