import { t } from '../../../i18n';
import { myRating } from '../../../people/my-ratings';
import { anyRange, ratingKey, rangeStep } from './create-form';
import type { Form } from './create-form';
import type { PartProps } from './create';

/** How strong an opponent may be, against the own rating at that speed. */
export function RatingRange({ form, change }: PartProps) {
  return (
    <fieldset class="stack">
      <legend class="range-legend">{t('create.range')}</legend>
      <Side name="below" form={form} change={change} />
      <Side name="above" form={form} change={change} />
      <p class="time-sum num" aria-live="polite">
        {rangeText(form)}
      </p>
    </fieldset>
  );
}

function Side({ name, form, change }: PartProps & { name: 'below' | 'above' }) {
  const value = form[name];
  const text = value >= anyRange ? t('create.range.any') : String(value);
  return (
    <div class="range-row">
      <label for={name}>{t(`create.range.${name}`)}</label>
      <input
        id={name}
        type="range"
        min={rangeStep}
        max={anyRange}
        step={rangeStep}
        value={value}
        aria-valuetext={text}
        onInput={(event) => change({ [name]: event.currentTarget.valueAsNumber })}
      />
      <span class="num" aria-hidden="true">
        {text}
      </span>
    </div>
  );
}

function rangeText(form: Form): string {
  const { rating } = myRating(ratingKey(form));
  const [least, most] = [String(rating - form.below), String(rating + form.above)];
  if (form.below >= anyRange) return form.above >= anyRange ? t('create.range.all') : t('create.range.most', { n: most });
  return form.above >= anyRange ? t('create.range.least', { n: least }) : t('create.range.sum', { least, most });
}
