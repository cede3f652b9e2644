import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api';
import type { WatchTable } from '../../api';
import { controlName } from '../../control';
import { pathOf } from '../../games/list';
import { cards } from '../../games/loaded';
import { t } from '../../i18n';
import { online } from '../../socket';
import { me } from '../../store';
import { Problem } from '../../ui/refusal';

const EVERY = 5000;
const MOST = 12;

/** What there is to watch; null before the first answer. */
export interface Watching {
  tables: WatchTable[] | null;
  problem: unknown;
  again: () => void;
}

/** The games to watch, fetched again every few seconds while somebody looks. */
export function useWatching(): Watching {
  const [tables, setTables] = useState<WatchTable[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  const connected = online.value;
  useEffect(() => {
    if (!connected) return;
    let current = true;
    const fetchNow = () => {
      if (document.hidden) return;
      api.tables().then(
        (answer) => current && (setTables(answer.tables), setProblem(null)),
        (reason: unknown) => current && setProblem(reason),
      );
    };
    fetchNow();
    const timer = setInterval(fetchNow, EVERY);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [connected, round]);
  return { tables, problem, again: () => setRound((n) => n + 1) };
}

function notMine({ tables }: Watching): WatchTable[] {
  const mine = me.value?.id;
  return (tables ?? []).filter((table) => !table.seats.some((seat) => seat && seat.user === mine));
}

/** The most watched game of several, larger; where there is room beside the grid. */
export function Featured({ watching }: { watching: Watching }) {
  const [top, next] = notMine(watching);
  if (!top || !next) return null;
  return (
    <section class="featured" aria-labelledby="featured-head">
      <h2 id="featured-head">{t('watch.top')}</h2>
      <WatchCard table={top} />
    </section>
  );
}

/** Games of others, as small boards. */
export function Watch({ watching }: { watching: Watching }) {
  const { tables, problem, again } = watching;
  const others = notMine(watching);
  return (
    <section class="watch" aria-labelledby="watch-head">
      <h2 id="watch-head">{t('watch.title')}</h2>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {tables && others.length === 0 && <p class="empty">{t('watch.empty')}</p>}
      <ul class="strip">
        {others.slice(0, MOST).map((table) => (
          <li key={table.table} class={others.length > 1 && table === others[0] ? 'is-top' : undefined}>
            <WatchCard table={table} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function WatchCard({ table }: { table: WatchTable }) {
  const game = cards.of(table.kind);
  return (
    <a class="card card-watch" href={pathOf(table.table, table.kind)}>
      {game ? <game.Picture table={table} seat={null} /> : <span />}
      <span class="card-text">
        {game && <game.Players table={table} />}
        <span class="hint num">
          {controlName(table.control)}
          {table.watchers > 0 && ` · ${t('watch.watchers', { n: table.watchers })}`}
        </span>
      </span>
    </a>
  );
}
