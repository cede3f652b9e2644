import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { addMessages, t } from '../../../i18n';
import { navigate } from '../../../router';
import { ensureUser } from '../../../store';
import { Button } from '../../../ui/button';
import { Choices, Toggle } from '../../../ui/choices';
import { lazy } from '../../../ui/lazy';
import { Problem } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';
import { poker } from '../api';
import type { ListedTable, Preset } from '../api';
import { PurseLine, usePurse } from '../dialogs/purse';
import { TableIcon } from '../icons';
import { chips } from '../money';
import { stakesText } from '../select';
import messages from './en.json';
import './lobby.css';
import { fitting, formatOf, taken, usePokerLists } from './tables';
import type { Filter, Format } from './tables';

addMessages(messages);

/** Poker in the lobby: a seat in two clicks, the tables there are, and a table of one's own. */

const create = lazy(() => import('./create').then((module) => module.CreateTable));
const creating = signal(false);

export const panels = { poker: Panel };

export function Start() {
  return (
    <>
      <Button kind="primary" onPress={() => void (creating.value = true)} onPointerEnter={create.prefetch}>
        <TableIcon name="plus" /> {t('poker.lobby.private')}
      </Button>
      {creating.value && <create.View onClose={() => (creating.value = false)} />}
    </>
  );
}

const usual: Filter = { format: 'cash', free: false, people: false, variant: 'all' };

function Panel() {
  const { lists, problem, again } = usePokerLists();
  const [filter, setFilter] = useState<Filter>(usual);
  const [purse, setPurse] = usePurse();
  if (!lists) return problem === null ? <Skeleton height="380px" /> : <Problem reason={problem} retry={again} />;
  return (
    <div class="poker-lobby">
      <div class="poker-top">
        <Choices
          legend={t('poker.lobby.format')}
          quiet
          options={(['cash', 'sng'] as Format[]).map((value) => ({ value, label: t(`poker.lobby.${value}`) }))}
          value={filter.format}
          onChange={(format) => setFilter({ ...filter, format })}
        />
        <PurseLine purse={purse} onTaken={setPurse} />
      </div>
      <QuickSeat presets={lists.presets.filter((preset) => formatOf(preset.setup) === filter.format)} />
      <Filters filter={filter} onChange={setFilter} />
      <List tables={fitting(lists.tables, filter)} />
    </div>
  );
}

/** Stakes, and a seat at them with one press. */
function QuickSeat({ presets }: { presets: readonly Preset[] }) {
  const [problem, setProblem] = useState<unknown>(null);
  if (presets.length === 0) return null;
  const sit = async (preset: Preset): Promise<void> => {
    await ensureUser();
    const { table } = await poker.quick(preset.key);
    navigate(`/t/${table}?sit`);
  };
  return (
    <section aria-label={t('poker.lobby.quick')}>
      <h2>{t('poker.lobby.quick')}</h2>
      <p class="hint">{t('poker.lobby.quick.hint')}</p>
      <div class="quick-seats">
        {presets.map((preset) => (
          <Button key={preset.key} class="quick-seat" data-preset={preset.key} onPress={() => sit(preset)} onFailure={setProblem}>
            <b>{preset.title}</b>
            <small class="num">
              {preset.setup.entry ? `${t('poker.lobby.entry', { amount: chips(preset.setup.entry) })} · ` : ''}
              {t('poker.lobby.seats-n', { n: preset.seats })}
            </small>
          </Button>
        ))}
      </div>
      {problem !== null && <Problem reason={problem} />}
    </section>
  );
}

const VARIANTS = ['all', 'holdem', 'omaha', 'omaha8'] as const;

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  return (
    <div class="poker-filters">
      <h2>{t('poker.lobby.tables')}</h2>
      <select
        class="field"
        aria-label={t('poker.lobby.filter.variant')}
        value={filter.variant}
        onChange={(event) => onChange({ ...filter, variant: event.currentTarget.value as Filter['variant'] })}
      >
        {VARIANTS.map((name) => (
          <option key={name} value={name}>
            {t(name === 'all' ? 'poker.lobby.all' : `poker.lobby.game.${name}`)}
          </option>
        ))}
      </select>
      <Toggle label={t('poker.lobby.filter.free')} checked={filter.free} onChange={(free) => onChange({ ...filter, free })} />
      <Toggle label={t('poker.lobby.filter.people')} checked={filter.people} onChange={(people) => onChange({ ...filter, people })} />
    </div>
  );
}

function List({ tables }: { tables: readonly ListedTable[] }) {
  if (tables.length === 0) return <p class="empty">{t('poker.lobby.none')}</p>;
  return (
    <ul class="poker-tables">
      {tables.map((table) => (
        <Row key={table.table} table={table} />
      ))}
    </ul>
  );
}

function Row({ table }: { table: ListedTable }) {
  const { stakes, average_pot } = table.state;
  const game = `${t(`poker.lobby.limit.${stakes.structure}`)} ${t(`poker.lobby.game.${stakes.variant}`)}`;
  const full = taken(table) === table.seats.length;
  const label = t('poker.lobby.row', { game, stakes: stakesText(stakes), taken: taken(table), of: table.seats.length });
  return (
    <li class="poker-row" aria-label={label}>
      <span class="poker-name">
        <b class="num">{stakesText(stakes)}</b>
        <span class="clip">{game}</span>
      </span>
      <span class="seat-dots" aria-hidden="true">
        {table.seats.map((player, i) => (
          <i key={i} class={player ? (player.house === undefined ? 'dot-person' : 'dot-house') : ''} />
        ))}
      </span>
      <span class="poker-facts hint num">
        {average_pot > 0 && <span>{t('poker.lobby.avg', { pot: chips(average_pot) })}</span>}
        <span>{t('poker.lobby.seconds', { n: Math.round(table.action_ms / 1000) })}</span>
        {table.watchers > 0 && <span>{t('poker.lobby.watchers', { n: table.watchers })}</span>}
        {table.line > 0 && <span>{t('poker.lobby.line', { n: table.line })}</span>}
      </span>
      <a class={`btn ${full ? '' : 'btn-primary'}`} href={`/t/${table.table}`} aria-label={`${t(full ? 'poker.lobby.watch' : 'poker.lobby.sit')}: ${label}`}>
        {t(full ? 'poker.lobby.watch' : 'poker.lobby.sit')}
      </a>
    </li>
  );
}
