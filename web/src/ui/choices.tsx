import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface Choice<T extends string | number> {
  value: T;
  label: ComponentChildren;
  disabled?: boolean;
  /** A second, smaller line. */
  note?: string;
}

export interface ChoicesProps<T extends string | number> {
  legend: string;
  /** Hides the legend from the eye, not from screen readers. */
  quiet?: boolean;
  options: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  /** `segmented`: one joined bar. `cards`: one card each. */
  look?: 'segmented' | 'cards';
}

/** A choice of one as native radio buttons, so that arrows, names and groups work as everywhere. */
export function Choices<T extends string | number>({ legend, quiet, options, value, onChange, look = 'segmented' }: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset class={`choices choices-${look}`}>
      <legend class={quiet ? 'vh' : ''}>{legend}</legend>
      <div class="choices-row">
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              disabled={option.disabled === true}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {option.note && <small>{option.note}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export interface ToggleProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** A switch for one setting. */
export function Toggle({ label, checked, onChange, disabled = false }: ToggleProps) {
  return (
    <label class="toggle">
      <span>{label}</span>
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
