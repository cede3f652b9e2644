import { useEffect } from 'preact/hooks';
import { daysLeft } from '../../control';
import { pathOf } from '../../games/list';
import { cards } from '../../games/loaded';
import { t } from '../../i18n';
import { serverNow } from '../../socket';
import { mine } from '../../store';
import type { MyTable } from '../../wire';
import { Skeleton } from '../../ui/skeleton';
import { useTick } from '../../ui/use';
import { InvitedCard } from './invited';
import { resumeOrder } from './resume-order';

/** My running games, first on the page: one tap goes back. */
export function Resume() {
  const tables = mine.value ?? [];
  useEffect(() => {
    if (mine.value) remember(mine.value.length > 0);
  }, [mine.value]);
  useTick(500, tables.some((table) => table.clocks?.running !== null));
  if (!mine.value && expected()) return <ResumeSkeleton />;
  if (tables.length === 0) return null;
  const sorted = resumeOrder(tables);
  return (
    <section class="resume" aria-labelledby="resume-head">
      <h2 id="resume-head">{t('resume.title')}</h2>
      <ul class="strip">
        {sorted.map((table) => (table.invited ? <InvitedCard key={table.table} table={table} /> : <ResumeCard key={table.table} table={table} />))}
      </ul>
    </section>
  );
}

const KEY = 'kibitz.playing';

/** Whether there were running games when this browser last heard: their place is kept free until they are here. */
function expected(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function remember(playing: boolean): void {
  try {
    if (playing) localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the page moves a little when the games arrive.
  }
}

function ResumeSkeleton() {
  return (
    <section class="resume" aria-busy="true">
      <h2>{t('resume.title')}</h2>
      <div class="strip">
        <Skeleton width="250px" height="var(--resume)" />
      </div>
    </section>
  );
}

function ResumeCard({ table }: { table: MyTable }) {
  const myTurn = table.my_turn && !table.waiting;
  const left = table.waiting ? null : timeLeft(table);
  const Picture = cards.of(table.kind)?.Picture;
  return (
    <li>
      <a class={myTurn ? 'card is-turn' : 'card'} href={pathOf(table.table, table.kind)}>
        {Picture ? <Picture table={table} seat={table.seat} /> : <span />}
        <span class="card-text">
          <strong class="clip">{table.opponent || t('resume.nobody')}</strong>
          <span class={myTurn ? 'card-turn' : 'hint'}>{status(table)}</span>
          {left !== null && <span class="num">{t('resume.left', { time: left })}</span>}
        </span>
      </a>
    </li>
  );
}

function status(table: MyTable): string {
  if (table.waiting) return t('resume.waiting');
  return t(table.my_turn ? 'resume.mine' : 'resume.theirs');
}

/** My time on the clock as m:ss, from a day on in days and hours, live while it runs; null without clocks, and where all time is that of the turn. */
function timeLeft({ clocks, seat }: MyTable): string | null {
  const left = clocks?.left_ms[seat];
  if (!clocks || !left) return null;
  const gone = clocks.running === seat && !clocks.held ? Math.max(0, serverNow() - clocks.at) : 0;
  const seconds = Math.floor(Math.max(0, left - gone) / 1000);
  const days = daysLeft(seconds * 1000);
  if (days !== null) return days;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
