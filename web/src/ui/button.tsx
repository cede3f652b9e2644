import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';

/** A button that sends gives up waiting for its answer after this long. */
const PATIENCE = 8000;

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick' | 'loading'>;

export interface ButtonProps extends Native {
  /** While the promise runs the button is disabled, and shows a spinner after 150 ms. */
  onPress?: (event: MouseEvent) => unknown;
  kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  /** Called with what the promise was rejected with, or with a timeout after 8 s. */
  onFailure?: (reason: unknown) => void;
  children?: ComponentChildren;
}

/** The button of this application, with its pending state. */
export function Button({ onPress, kind = 'plain', onFailure, class: extra, disabled, children, ...rest }: ButtonProps) {
  const [pending, press] = usePending(onFailure);
  return (
    <button
      type="button"
      {...rest}
      class={`btn btn-${kind} ${typeof extra === 'string' ? extra : ''}`}
      disabled={pending || disabled === true}
      aria-busy={pending || undefined}
      onClick={(event) => press(() => onPress?.(event))}
    >
      {children}
      {pending && <span class="spinner" aria-hidden="true" />}
    </button>
  );
}

/** Runs something once at a time; says whether it runs. */
export function usePending(onFailure?: (reason: unknown) => void, patience = PATIENCE): [boolean, (run: () => unknown) => void] {
  const [pending, setPending] = useState(false);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => void (alive.current = false);
  }, []);
  const press = (run: () => unknown): void => {
    const result = run();
    if (!(result instanceof Promise)) return;
    setPending(true);
    patiently(result, patience)
      .catch((reason: unknown) => (onFailure ? onFailure(reason) : reportError(reason)))
      .finally(() => alive.current && setPending(false));
  };
  return [pending, press];
}

function patiently<T>(promise: Promise<T>, patience: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(t('error.slow'))), patience);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
