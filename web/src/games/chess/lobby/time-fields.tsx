import { formatControl, formatMinutes, speedName } from '../../../control';
import { dayChoices, maxIncrement, minuteSteps, speedOf } from '../../../control-choice';
import { t } from '../../../i18n';
import { Choices } from '../../../ui/choices';
import type { PartProps } from './create';

/** The days for every turn that are chosen first. */
const usualDays = 3;

/** The step of the slider that is nearest to some minutes. */
function nearest(minutes: number): number {
  let best = 0;
  for (const [index, step] of minuteSteps.entries()) {
    if (Math.abs(step - minutes) < Math.abs((minuteSteps[best] ?? 0) - minutes)) best = index;
  }
  return best;
}

function clamp(value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(0, Math.round(value))) : 0;
}

/** Minutes as the server offers them: the short steps, or whole ones. */
function offered(value: number): number {
  return value < 2 ? (minuteSteps[nearest(value)] ?? 0) : clamp(value, 180);
}

function Minutes({ form, change }: PartProps) {
  return (
    <div class="time-row">
      <label for="minutes">{t('create.minutes')}</label>
      <input
        id="minutes"
        type="range"
        min={0}
        max={minuteSteps.length - 1}
        value={nearest(form.minutes)}
        aria-valuetext={t('create.minutes.value', { minutes: formatMinutes(form.minutes) })}
        onInput={(event) => change({ minutes: minuteSteps[event.currentTarget.valueAsNumber] ?? 5 })}
      />
      <input
        class="field num"
        type="number"
        min={0}
        max={180}
        step="any"
        inputMode="decimal"
        aria-label={t('create.minutes')}
        value={form.minutes}
        onChange={(event) => change({ minutes: offered(event.currentTarget.valueAsNumber) })}
      />
    </div>
  );
}

function Increment({ form, change }: PartProps) {
  const set = (value: number) => change({ increment: clamp(value, maxIncrement) });
  return (
    <div class="time-row">
      <label for="increment">{t('create.increment')}</label>
      <input
        id="increment"
        type="range"
        min={0}
        max={maxIncrement}
        value={form.increment}
        aria-valuetext={t('create.increment.value', { n: form.increment })}
        onInput={(event) => set(event.currentTarget.valueAsNumber)}
      />
      <input
        class="field num"
        type="number"
        min={0}
        max={maxIncrement}
        inputMode="numeric"
        aria-label={t('create.increment')}
        value={form.increment}
        onChange={(event) => set(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** How long the game may take. */
export function TimeFields({ form, change }: PartProps) {
  const control = formatControl(form);
  return (
    <div class="stack">
      <div class="time-kinds">
        <Choices
          legend={t('create.time')}
          value={form.days > 0 ? 'days' : form.clock ? 'clock' : 'none'}
          onChange={(value) => change({ clock: value !== 'none', days: value === 'days' ? usualDays : 0 })}
          options={[
            { value: 'clock', label: t('create.clock') },
            { value: 'days', label: t('speed.correspondence') },
            ...(form.opponent === 'anyone' ? [] : [{ value: 'none' as const, label: t('control.unlimited') }]),
          ]}
        />
      </div>
      {form.days > 0 && (
        <Choices
          legend={t('create.days')}
          value={String(form.days)}
          onChange={(value) => change({ days: Number(value) })}
          options={dayChoices.map((n) => ({ value: String(n), label: String(n) }))}
        />
      )}
      {form.days === 0 && form.clock && (
        <>
          <Minutes form={form} change={change} />
          <Increment form={form} change={change} />
          <p class="time-sum num" aria-live="polite">
            <strong>{control}</strong> {speedName(speedOf(control))}
          </p>
        </>
      )}
    </div>
  );
}
