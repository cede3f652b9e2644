import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { addMessages, t } from '../i18n';
import { Refused } from '../socket';
import { usePending } from '../ui/button';
import { Problem } from '../ui/refusal';
import { useTick } from '../ui/use';
import messages from './form.en.json';
import './form.css';

addMessages(messages);

export interface FormProps {
  /** Sends it. While the promise runs the button is disabled; a rejection is shown above it. */
  submit: () => Promise<unknown>;
  label: string;
  kind?: 'primary' | 'danger' | 'plain';
  disabled?: boolean;
  /** How long an answer may take, in ms; 8 s when left out. */
  patience?: number;
  children?: ComponentChildren;
}

/** A form with one button, so that Enter and password managers work as everywhere. */
export function Form({ submit, label, kind = 'primary', disabled = false, patience, children }: FormProps) {
  const [problem, setProblem] = useState<unknown>(null);
  const [pending, press] = usePending(setProblem, patience);
  const send = (event: Event) => {
    event.preventDefault();
    if (pending || disabled) return;
    setProblem(null);
    press(submit);
  };
  return (
    <form class="form" onSubmit={send} noValidate>
      {children}
      {problem !== null && <FormProblem reason={problem} />}
      <button type="submit" class={`btn btn-${kind} form-go`} disabled={pending || disabled} aria-busy={pending || undefined}>
        {label}
        {pending && <span class="spinner" aria-hidden="true" />}
      </button>
    </form>
  );
}

/** Why a form was refused; too many attempts with the seconds to wait. */
export function FormProblem({ reason }: { reason: unknown }) {
  if (reason instanceof Refused && reason.code === 'too-fast' && reason.retryMs > 0) return <Wait key={performance.now()} ms={reason.retryMs} />;
  return <Problem reason={reason} />;
}

function Wait({ ms }: { ms: number }) {
  const [until] = useState(() => performance.now() + ms);
  useTick(500);
  const n = Math.ceil((until - performance.now()) / 1000);
  return (
    <p class="problem" role="alert">
      {n > 0 ? t('form.wait', { n }) : t('form.wait.over')}
    </p>
  );
}

export interface FieldProps {
  label: string;
  type?: 'text' | 'password' | 'email' | 'number';
  name?: string;
  autocomplete?: string;
  required?: boolean;
  maxLength?: number;
  autofocus?: boolean;
  autocapitalize?: 'none';
  spellcheck?: boolean;
  value: string;
  onChange: (value: string) => void;
  /** What to write; stands below the field. */
  hint?: ComponentChildren;
  /** What is wrong with it, in place of the hint. */
  fault?: string | null;
}

/** A field with its label above and what there is to say below. */
export function Field({ label, value, onChange, hint, fault, type = 'text', ...rest }: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <div class="form-input">
        <input
          {...rest}
          id={id}
          class="field"
          // Preact's types want one literal here, for the roles of each.
          type={(secret && shown ? 'text' : type) as 'text'}
          value={value}
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-note`}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        {secret && (
          <button type="button" class="btn" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {t(shown ? 'form.hide' : 'form.show')}
            <span class="vh"> {label}</span>
          </button>
        )}
      </div>
      <p id={`${id}-note`} class={fault ? 'problem' : 'hint'}>
        {fault || hint}
      </p>
    </div>
  );
}

/** Capitals and spelling are no help with names and codes. */
export const plainText = { autocapitalize: 'none', spellcheck: false } as const;

/** The present password, to confirm something with. */
export function PasswordField({ value, onChange, label = t('form.password'), ...rest }: Omit<FieldProps, 'label'> & { label?: string }) {
  return <Field label={label} type="password" autocomplete="current-password" value={value} onChange={onChange} {...rest} />;
}

/** Puts a value off until it has not changed for a while; until then it is the one before, or `first`. */
export function useSettled<T>(value: T, ms: number, first: T = value): T {
  const [settled, setSettled] = useState(first);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
