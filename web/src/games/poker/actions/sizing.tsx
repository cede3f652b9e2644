import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { Ring } from '../felt/ring';
import type { Live } from '../live';
import { money } from '../money';
import { sizeOf } from './act';
import { PRESETS, clamp, longStride, presetTo, stride } from './sizes';
import type { Preset, Spread } from './sizes';

/** How much: presets, a slider, a number. All of them are only proposals; the server has said what is legal. */
export function Sizing({ live, spread }: { live: Live; spread: Spread }) {
  const { legal } = spread;
  const to = sizeOf(live, legal);
  const set = (value: number): void => void (live.view.to.value = clamp(legal, value));
  const box = useRef<HTMLDivElement>(null);
  useOutside(live, box);
  const room = live.room.value;
  return (
    <div class="sizing" ref={box} onWheel={(event) => set(to - Math.sign(event.deltaY) * stride(spread))}>
      <div class="presets" role="group" aria-label={t('poker.sizes')}>
        {room?.you != null && <Ring room={room} seat={room.you} />}
        {PRESETS.map((preset) => (
          <PresetButton key={preset} preset={preset} spread={spread} to={to} set={set} />
        ))}
      </div>
      <div class="slide">
        <button type="button" class="btn icon-only" aria-label={t('poker.less')} onClick={() => set(to - stride(spread))}>
          −
        </button>
        <input
          type="range"
          aria-label={t('poker.size')}
          aria-valuetext={money(to, spread.bigBlind)}
          min={legal.min_to}
          max={legal.max_to}
          step="any"
          value={to}
          onInput={(event) => set(snap(Number(event.currentTarget.value), spread))}
          onKeyDown={(event) => onKey(event, to, spread, set)}
        />
        <button type="button" class="btn icon-only" aria-label={t('poker.more')} onClick={() => set(to + stride(spread))}>
          +
        </button>
        <Amount live={live} spread={spread} to={to} set={set} />
      </div>
    </div>
  );
}

/** The ends are exact; between them a slider stops at whole steps. */
function snap(value: number, spread: Spread): number {
  const { min_to, max_to } = spread.legal;
  if (value >= max_to) return max_to;
  return min_to + Math.round((value - min_to) / stride(spread)) * stride(spread);
}

function onKey(event: KeyboardEvent, to: number, spread: Spread, set: (value: number) => void): void {
  const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  set(to + way * (event.shiftKey ? longStride(spread) : stride(spread)));
}

/** A press elsewhere folds the panel away again. */
function useOutside(live: Live, box: { current: HTMLDivElement | null }): void {
  useEffect(() => {
    const outside = (event: Event): void => {
      const target = event.target as Element;
      if (!box.current?.contains(target) && !target.closest('.abar')) live.view.sizing.value = false;
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
}

function PresetButton({ preset, spread, to, set }: { preset: Preset; spread: Spread; to: number; set: (value: number) => void }) {
  const value = presetTo(spread, preset);
  // Where the pot limits it, the largest size is not all there is.
  const name = preset === 'max' && value < spread.bet + spread.stack ? 'max.limit' : preset;
  return (
    <button
      type="button"
      class="btn"
      aria-pressed={value === to}
      aria-label={t('poker.preset.to', { name: t(`poker.preset.${name}.name`), amount: money(value, spread.bigBlind) })}
      onClick={() => set(value)}
    >
      {t(`poker.preset.${name}`)}
    </button>
  );
}

/** The number, typed. It is taken when the field is left or Enter is pressed; a second Enter sends. */
function Amount({ live, spread, to, set }: { live: Live; spread: Spread; to: number; set: (value: number) => void }) {
  const take = (field: HTMLInputElement): void => {
    const typed = Number(field.value.replace(/[^\d]/g, ''));
    if (typed > 0) set(typed);
    field.value = String(sizeOf(live, spread.legal));
  };
  const key = (event: KeyboardEvent): void => {
    const field = event.currentTarget as HTMLInputElement;
    if (event.key === 'Enter') {
      const before = to;
      take(field);
      if (sizeOf(live, spread.legal) === before) document.querySelector<HTMLElement>('.act-raise')?.click();
      return;
    }
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') onKey(event, to, spread, set);
  };
  return (
    <input
      class="field amount num"
      type="text"
      inputMode="numeric"
      autocomplete="off"
      aria-label={t('poker.size.type')}
      value={String(to)}
      onChange={(event) => take(event.currentTarget)}
      onKeyDown={key}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
