import { useId } from 'preact/hooks';
import { games, ratingKeys } from '../../games/list';
import { t } from '../../i18n';
import { setFilters } from '../../people/filters';
import type { Filters } from '../../people/filters';
import { ratingName } from '../../people/words';
import { NARROW, useMedia } from '../../ui/use';

export interface FilterProps {
  filters: Filters;
  change: (filters: Filters) => void;
}

type Chosen = 'kind' | 'speed' | 'result' | 'color' | 'rated';

/** Which games are listed. Each change counts at once; there is nothing to send. */
export function FilterForm({ filters, change }: FilterProps) {
  const narrow = useMedia(NARROW);
  const n = Object.keys(setFilters(filters)).length;
  const put = (part: Partial<Filters>) => change({ ...filters, ...part });
  const choice = (name: Chosen, label: string, options: readonly (readonly [string, string])[]) => (
    <Select label={label} value={filters[name]} options={options} onChange={(value) => put({ [name]: value })} />
  );
  return (
    <details class="filters" open={!narrow}>
      <summary>{n > 0 ? t('games.filters.set', { n }) : t('games.filters')}</summary>
      <div class="filter-grid" role="group" aria-label={t('games.filters')}>
        {games.length > 1 && choice('kind', t('games.kind'), games.map(({ kind, name }) => [kind, t(name)]))}
        {choice('speed', t('games.speed'), ratingKeys.map((key) => [key, ratingName(key)]))}
        {choice('result', t('games.result'), [['win', t('result.win')], ['draw', t('result.draw')], ['loss', t('result.loss')]])}
        {choice('color', t('games.color'), [['white', t('games.color.white')], ['black', t('games.color.black')]])}
        {choice('rated', t('games.mode'), [['true', t('mode.rated')], ['false', t('mode.casual')]])}
        <Opponent value={filters.opponent} onChange={(opponent) => put({ opponent })} />
        <Day label={t('games.from')} value={filters.from} onChange={(from) => put({ from })} />
        <Day label={t('games.to')} value={filters.to} onChange={(to) => put({ to })} />
      </div>
    </details>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <label class="filter">
      <span>{label}</span>
      <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{t('games.any')}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TextProps {
  value: string;
  onChange: (value: string) => void;
}

function Opponent({ value, onChange }: TextProps) {
  const id = useId();
  return (
    <label class="filter" for={id}>
      <span>{t('games.opponent')}</span>
      <input
        id={id}
        class="field"
        type="search"
        maxLength={20}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
    </label>
  );
}

function Day({ label, value, onChange }: TextProps & { label: string }) {
  return (
    <label class="filter">
      <span>{label}</span>
      <input class="field num" type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}
