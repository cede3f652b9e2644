import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Problem } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';
import { poker } from '../api';
import type { HandFilter, HandRow } from '../api';
import { Drawer } from '../dialogs/drawer';
import type { Live } from '../live';
import { bigBlindOf } from '../select';
import { useHands } from './pages';
import type { PastHand } from './past';
import { FilterChoice, HandRows } from './rows';

const fits: Record<HandFilter, (row: HandRow) => boolean> = {
  all: () => true,
  won: ({ you }) => (you?.net ?? 0) > 0,
  lost: ({ you }) => (you?.net ?? 0) < 0,
  showdown: ({ you }) => you?.showdown ?? false,
};

/** The hands of this table: those of the archive, and before them the last ones, which it has not got yet. */
export function HistoryDrawer({ live, onClose }: { live: Live; onClose: () => void }) {
  const [filter, setFilter] = useState<HandFilter>('all');
  const past = live.past.value;
  const list = useHands((which, cursor) => poker.tableHands(live.table, which, cursor), filter, past.length);
  const room = live.room.value;
  const fresh = past.map((hand) => rowOf(live.table, hand)).filter(fits[filter]);
  const known = list.rows ?? [];
  const newest = known[0]?.number ?? 0;
  const rows = [...fresh.filter(({ number }) => number > newest), ...known];
  return (
    <Drawer title={t('poker.history')} onClose={onClose} class="history-drawer">
      <FilterChoice filter={filter} onChange={setFilter} />
      {list.rows === null && list.problem === null && <Skeleton height="120px" />}
      {list.problem !== null && rows.length === 0 && <Problem reason={list.problem} />}
      {(list.rows !== null || list.problem !== null) && rows.length === 0 && <p class="empty">{t('poker.history.none')}</p>}
      <HandRows rows={rows} bigBlind={room ? bigBlindOf(room) : 0} />
      {list.open && <Button onPress={list.more}>{t('poker.history.more')}</Button>}
    </Drawer>
  );
}

function rowOf(table: string, hand: PastHand): HandRow {
  const you = hand.net === null ? {} : { you: { seat: 0, cards: hand.cards, net: hand.net, won: 0, showdown: hand.showdown } };
  return { id: `${table}-${hand.number}`, table, number: hand.number, at: 0, variant: '', structure: '', stakes: '', pot: hand.pot, board: hand.board, winners: hand.winners, ...you };
}
