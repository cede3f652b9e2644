import { useEffect, useRef, useState } from 'preact/hooks';
import { controlName, speedName } from '../../../control';
import { t } from '../../../i18n';
import { ratingText } from '../../../people/words';
import { lobby } from '../../../store';
import { Refused, online } from '../../../socket';
import type { Seek } from '../../../wire';
import { Button } from '../../../ui/button';
import { ColorMark } from '../colormark';
import { mention } from '../../../ui/live';
import { reasonText } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';
import { nextRows } from './freeze';
import type { Row, SortKey } from './freeze';
import { take, withdraw } from '../../../seeks';

/** After a row has gone, the list holds still for so long. */
const HOLD = 500;
/** The number of challenges is told to screen readers at most this often. */
const TELL_EVERY = 10_000;

/** The rows to show; held while the pointer is over them and shortly after one has gone. */
function useRows(live: readonly Seek[], pointed: boolean, sort: SortKey): Row[] {
  const shown = useRef<Row[]>([]);
  const [settling, setSettling] = useState(false);
  const lost = shown.current.filter((row) => !row.gone && !live.some((seek) => seek.seek === row.seek.seek)).length;
  useEffect(() => {
    if (lost > 0) setSettling(true);
  }, [lost]);
  useEffect(() => {
    if (!settling) return;
    const timer = setTimeout(() => setSettling(false), HOLD);
    return () => clearTimeout(timer);
  }, [settling, live.length]);
  shown.current = nextRows(shown.current, live, { held: pointed || settling || lost > 0, sort });
  return shown.current;
}

function useSummary(count: number): void {
  const told = useRef({ count: -1, at: -Infinity });
  useEffect(() => {
    const { count: before, at } = told.current;
    if (count === before) return;
    const wait = Math.max(0, at + TELL_EVERY - performance.now());
    const timer = setTimeout(() => {
      told.current = { count, at: performance.now() };
      mention(t('open.summary', { n: count }));
    }, wait);
    return () => clearTimeout(timer);
  }, [count]);
}

/** The open challenges of everybody. */
export function Challenges() {
  const live = lobby.value?.seeks;
  const [pointed, setPointed] = useState(false);
  const [sort, setSort] = useState<SortKey>('time');
  const [note, setNote] = useState('');
  const rows = useRows(live ?? [], pointed, sort);
  useSummary(live?.length ?? 0);
  if (!live) return <LoadingRows />;
  if (rows.length === 0) return <p class="empty">{t('open.empty')}</p>;
  return (
    <div class={online.value ? 'open' : 'open is-stale'} aria-live="off">
      <p class="problem open-note" role="status">
        {note}
      </p>
      <table>
        <caption class="vh">{t('lobby.open')}</caption>
        <thead>
          <tr>
            <th>{t('open.player')}</th>
            <SortHeader name="rating" sort={sort} onSort={setSort} />
            <SortHeader name="time" sort={sort} onSort={setSort} />
            <th>{t('open.mode')}</th>
            <th>
              <span class="vh">{t('open.action')}</span>
            </th>
          </tr>
        </thead>
        <tbody
          onPointerEnter={(event) => event.pointerType === 'mouse' && setPointed(true)}
          onPointerLeave={() => setPointed(false)}
        >
          {rows.map((row) => (
            <ChallengeRow key={row.seek.seek} row={row} say={setNote} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LoadingRows() {
  return (
    <div class="loading-rows" aria-busy="true">
      {[0, 1, 2, 3, 4].map((n) => (
        <Skeleton key={n} height="44px" />
      ))}
    </div>
  );
}

interface SortProps {
  name: SortKey;
  sort: SortKey;
  onSort: (key: SortKey) => void;
}

function SortHeader({ name, sort, onSort }: SortProps) {
  return (
    <th aria-sort={sort === name ? (name === 'time' ? 'ascending' : 'descending') : undefined}>
      <button type="button" class="sort" onClick={() => onSort(name)}>
        {t(`open.${name}`)}
      </button>
    </th>
  );
}

function ChallengeRow({ row: { seek, gone }, say }: { row: Row; say: (text: string) => void }) {
  const failed = (reason: unknown) => say(wasTaken(reason) ? t('open.taken') : reasonText(reason));
  const press = () => {
    say('');
    if (gone) return say(t('open.taken'));
    return seek.mine ? withdraw(seek.seek) : take(seek.seek);
  };
  const mode = seek.variant === 'standard' ? speedName(seek.speed) : t(`variant.${seek.variant}`);
  return (
    <tr class={`${gone ? 'is-gone' : ''} ${seek.mine ? 'is-mine' : ''}`}>
      <td>
        <span class="open-player">
          <ColorMark color={seek.color} /> {seek.bot && <span class="tag">BOT</span>} <span class="clip">{seek.mine ? t('open.you') : seek.name}</span>
        </span>
      </td>
      <td class="num">
        {seek.rating === null ? '–' : ratingText(seek.rating, seek.provisional)}
        <small>{rangeOf(seek)}</small>
      </td>
      <td class="num">{controlName(seek.control)}</td>
      <td>
        {mode}
        <small>{t(seek.rated ? 'mode.rated' : 'mode.casual')}</small>
      </td>
      <td>
        <Button
          kind={seek.mine ? 'plain' : 'quiet'}
          class="open-press"
          onPress={press}
          onFailure={failed}
          aria-label={seek.mine ? t('open.cancel.label') : t('open.take.label', { name: seek.name, control: controlName(seek.control) })}
        >
          {gone ? t('open.gone') : t(seek.mine ? 'cancel' : 'open.take')}
        </Button>
      </td>
    </tr>
  );
}

/** Who may take a challenge, by rating; empty when everybody may. */
function rangeOf({ min_rating: least, max_rating: most }: Seek): string {
  if (least && most) return t('open.range', { least: String(least), most: String(most) });
  return least ? t('open.least', { least: String(least) }) : most ? t('open.most', { most: String(most) }) : '';
}

function wasTaken(reason: unknown): boolean {
  return reason instanceof Refused && reason.code === 'taken';
}
