import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { dayName } from '../../../people/words';
import { Button } from '../../../ui/button';
import { Choices } from '../../../ui/choices';
import { copyText } from '../../../ui/copy';
import { Problem } from '../../../ui/refusal';
import { handText } from '../api';
import type { HandFilter, HandRow } from '../api';
import { MiniCards } from '../felt/mini';
import { chips, money } from '../money';

const FILTERS: readonly HandFilter[] = ['all', 'won', 'lost', 'showdown'];

export function FilterChoice({ filter, onChange }: { filter: HandFilter; onChange: (filter: HandFilter) => void }) {
  return (
    <Choices
      legend={t('poker.history.show')}
      quiet
      options={FILTERS.map((value) => ({ value, label: t(`poker.history.${value}`) }))}
      value={filter}
      onChange={onChange}
    />
  );
}

/** "+1,250", "−50". */
export function netText(net: number, bigBlind: number): string {
  const amount = money(Math.abs(net), bigBlind);
  return net > 0 ? `+${amount}` : net < 0 ? `−${amount}` : chips(0);
}

/** Hands, each with its text and the way to its replay. */
export function HandRows({ rows, bigBlind }: { rows: readonly HandRow[]; bigBlind: number }) {
  return (
    <ol class="hands">
      {rows.map((row) => (
        <Row key={row.id} row={row} bigBlind={bigBlind} />
      ))}
    </ol>
  );
}

function Row({ row, bigBlind }: { row: HandRow; bigBlind: number }) {
  const [open, setOpen] = useState(false);
  const { you } = row;
  return (
    <li>
      <button type="button" class="hand-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="num">#{chips(row.number)}</span>
        {you ? <MiniCards cards={you.cards} /> : <Winners row={row} />}
        {bigBlind === 0 && <span class="hand-where hint num clip">{`${row.stakes} · ${dayName(row.at)}`}</span>}
        {you && <span class={`num ${you.net > 0 ? 'plus' : 'minus'}`}>{netText(you.net, bigBlind)}</span>}
      </button>
      {open && <Open row={row} bigBlind={bigBlind} />}
    </li>
  );
}

/** "Ann, Bob won". */
function Winners({ row: { winners } }: { row: HandRow }) {
  return <span class="clip">{winners.length > 0 && t('poker.history.winners', { names: winners.join(', ') })}</span>;
}

function Open({ row, bigBlind }: { row: HandRow; bigBlind: number }) {
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <>
      <div class="hand-more">
        <MiniCards cards={row.board} />
        <span class="num">
          {t('poker.pot')} {money(row.pot, bigBlind)}
        </span>
      </div>
      {row.you && (
        <p class="hand-winners">
          <Winners row={row} />
        </p>
      )}
      <div class="row">
        <a class="btn" href={`/h/${row.id}`}>
          {t('poker.replay')}
        </a>
        <Button onPress={async () => copyText(await handText(row.id, 'txt'), t('poker.copied'))} onFailure={setProblem}>
          {t('poker.copy-hand')}
        </Button>
      </div>
      {problem !== null && <Problem reason={problem} />}
    </>
  );
}
