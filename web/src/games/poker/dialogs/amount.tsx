import { t } from '../../../i18n';
import { chips } from '../money';

export interface BuyRange {
  least: number;
  most: number;
  bigBlind: number;
}

/** How many chips to bring: presets, a slider and a number. */
export function BuyAmount({ range, value, onChange }: { range: BuyRange; value: number; onChange: (value: number) => void }) {
  const { least, most, bigBlind } = range;
  const set = (to: number): void => onChange(Math.max(least, Math.min(most, Math.round(to))));
  const presets = [
    { name: t('poker.buy.least'), chips: least },
    { name: '50 BB', chips: 50 * bigBlind },
    { name: '100 BB', chips: 100 * bigBlind },
    { name: t('poker.buy.most'), chips: most },
  ].filter((preset, i, all) => preset.chips >= least && preset.chips <= most && all.findIndex((one) => one.chips === preset.chips) === i);
  return (
    <div class="buy stack">
      <div class="row buy-presets" role="group" aria-label={t('poker.sizes')}>
        {presets.map((preset) => (
          <button key={preset.name} type="button" class="btn" aria-pressed={value === preset.chips} onClick={() => set(preset.chips)}>
            {preset.name}
          </button>
        ))}
      </div>
      <div class="buy-line">
        <input
          type="range"
          aria-label={t('poker.buy.chips')}
          min={least}
          max={most}
          step="any"
          value={value}
          onInput={(event) => set(snap(Number(event.currentTarget.value), range))}
        />
        <input
          class="field amount num"
          inputMode="numeric"
          aria-label={t('poker.buy.chips')}
          value={String(value)}
          onChange={(event) => set(Number(event.currentTarget.value.replace(/\D/g, '')) || least)}
        />
      </div>
      <p class="hint num">{t('poker.buy.range', { least: chips(least), most: chips(most) })}</p>
    </div>
  );
}

function snap(value: number, { least, most, bigBlind }: BuyRange): number {
  if (value >= most || value <= least) return value;
  return Math.round(value / bigBlind) * bigBlind;
}
