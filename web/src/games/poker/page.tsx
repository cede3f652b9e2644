import './css/felt.css';
import './css/table.css';
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import { query, replaceQuery } from '../../router';
import type { PageProps } from '../../router';
import { Message } from '../../ui/message';
import { usePageTitle } from '../../ui/title';
import en from './en.json';
import { Layout } from './layout';
import { Live } from './live';
import { freeSeats, isMyTurn } from './select';
import { useJump, useTimeWatch } from './timewatch';
import { headingOf, titleOf } from './titles';

addMessages(en);

/** The page of a poker table, `/t/:id`: to play and to watch. */
export default function PokerPage({ params }: PageProps) {
  const live = useMemo(() => new Live(params['id'] ?? ''), [params['id']]);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  useQuickSeat(live);
  const room = live.room.value;
  const refusal = live.refusal.value;
  if (refusal && !room) return <NotThere code={refusal.code} />;
  return <Table live={live} />;
}

/** Who comes by a quick seat sits down at once; when that is refused, the dialog says what can be done. */
function useQuickSeat(live: Live): void {
  const room = live.room.value;
  const here = room !== null;
  useEffect(() => {
    if (!room || query.value !== '?sit') return;
    replaceQuery('');
    const [seat] = freeSeats(room);
    if (room.you === null && seat !== undefined) live.sit({ type: 'sit' }).catch(() => (live.view.sitAt.value = seat));
  }, [here]);
}

/** The table of a page, however its state came here. */
export function Table({ live }: { live: Live }) {
  const room = live.room.value;
  usePageTitle(titleOf(room), room !== null && isMyTurn(room));
  useShape();
  useTimeWatch(live);
  useJump(live);
  return (
    <main id="main" class="poker" aria-busy={!room}>
      <h1 class="vh">{headingOf(room)}</h1>
      <Layout live={live} />
    </main>
  );
}

const NOT_THERE: Record<string, string> = { 'not-allowed': 'denied', 'not-signed-in': 'denied', internal: 'broken' };

function NotThere({ code }: { code: string }) {
  const key = NOT_THERE[code] ?? 'unknown';
  return <Message title={t(`poker.${key}.title`)} text={t(`poker.${key}.text`)} />;
}

/** The frame makes room for a table. */
function useShape(): void {
  useLayoutEffect(() => {
    const data = document.documentElement.dataset;
    data['game'] = 'on';
    return () => void delete data['game'];
  }, []);
}
