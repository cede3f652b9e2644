import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Choices } from '../../../ui/choices';
import { copyText } from '../../../ui/copy';
import { Problem } from '../../../ui/refusal';
import { handText } from '../api';
import { Drawer } from '../dialogs/drawer';
import { Card } from '../felt/card';
import type { Live } from '../live';
import { chips } from '../money';
import { bigBlindOf } from '../select';
import type { PastHand } from './past';
import { netText } from './past';

type Filter = 'all' | 'won' | 'lost' | 'showdown';

const FILTERS: readonly Filter[] = ['all', 'won', 'lost', 'showdown'];
const PAGE = 50;

const fits: Record<Filter, (hand: PastHand) => boolean> = {
  all: () => true,
  won: ({ net }) => (net ?? 0) > 0,
  lost: ({ net }) => (net ?? 0) < 0,
  showdown: ({ showdown }) => showdown,
};

/** The hands of this table since the page was opened. */
export function HistoryDrawer({ live, onClose }: { live: Live; onClose: () => void }) {
  const [filter, setFilter] = useState<Filter>('all');
  const [most, setMost] = useState(PAGE);
  const hands = live.past.value.filter(fits[filter]);
  return (
    <Drawer title={t('poker.history')} onClose={onClose} class="history-drawer">
      <Choices
        legend={t('poker.history.show')}
        quiet
        options={FILTERS.map((value) => ({ value, label: t(`poker.history.${value}`) }))}
        value={filter}
        onChange={setFilter}
      />
      {hands.length === 0 && <p class="empty">{t('poker.history.none')}</p>}
      <ol class="hands">
        {hands.slice(0, most).map((hand) => (
          <Row key={hand.number} live={live} hand={hand} />
        ))}
      </ol>
      {hands.length > most && <Button onPress={() => setMost(most + PAGE)}>{t('poker.history.more')}</Button>}
    </Drawer>
  );
}

function Row({ live, hand }: { live: Live; hand: PastHand }) {
  const [open, setOpen] = useState(false);
  const room = live.room.value;
  const sign = (hand.net ?? 0) > 0 ? 'plus' : 'minus';
  return (
    <li>
      <button type="button" class="hand-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="num">#{chips(hand.number)}</span>
        <span class="hole-mini">
          {hand.cards.map((card) => (
            <Card key={card} card={card} />
          ))}
        </span>
        {hand.net !== null && <span class={`num ${sign}`}>{netText(hand.net, room ? bigBlindOf(room) : 0)}</span>}
      </button>
      {open && <Open id={`${live.table}-${hand.number}`} hand={hand} />}
    </li>
  );
}

function Open({ id, hand }: { id: string; hand: PastHand }) {
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <>
      <p class="hand-text">{hand.lines.join('\n')}</p>
      <div class="row">
        <a class="btn" href={`/h/${id}`}>
          {t('poker.replay')}
        </a>
        <Button onPress={async () => copyText(await handText(id, 'txt'), t('poker.copied'))} onFailure={setProblem}>
          {t('poker.copy-hand')}
        </Button>
      </div>
      {problem !== null && <Problem reason={problem} />}
    </>
  );
}
