import { signal } from '@preact/signals';
import { t } from '../i18n';

/** Short notes about what happened elsewhere: at most three, five seconds each. Never the only place of an error. */

const MOST = 3;
const STAY = 5000;

export interface Toast {
  text: string;
  /** The first is the one that is meant. */
  actions?: readonly { label: string; run: () => unknown }[];
  /** Stays until it is closed. */
  sticky?: boolean;
  /** Called when the user closes it. */
  onClose?: () => void;
}

const shown = signal<(Toast & { key: number })[]>([]);
let count = 0;

/** Shows a note; the answer takes it away. */
export function toast(note: Toast): () => void {
  const key = ++count;
  shown.value = [...shown.value, { ...note, key }].slice(-MOST);
  if (!note.sticky) setTimeout(() => close(key), STAY);
  return () => close(key);
}

function close(key: number): void {
  shown.value = shown.value.filter((note) => note.key !== key);
}

function dismiss(note: Toast & { key: number }): void {
  close(note.key);
  note.onClose?.();
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {shown.value.map((note) => (
        <div class="toast" key={note.key}>
          <span>{note.text}</span>
          {note.actions?.map(({ label, run }, index) => (
            <button key={label} type="button" class={index === 0 ? 'btn btn-primary' : 'btn'} onClick={run}>
              {label}
            </button>
          ))}
          <button type="button" class="btn btn-quiet icon-only" aria-label={t('close')} onClick={() => dismiss(note)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
