import { signal } from '@preact/signals';
import { t } from '../i18n';

/** Short notes about what happened elsewhere: at most three, five seconds each. Never the only place of an error. */

const MOST = 3;
const STAY = 5000;

export interface Toast {
  text: string;
  action?: { label: string; run: () => void };
  /** Stays until it is closed. */
  sticky?: boolean;
}

const shown = signal<(Toast & { key: number })[]>([]);
let count = 0;

export function toast(note: Toast): void {
  const key = ++count;
  shown.value = [...shown.value, { ...note, key }].slice(-MOST);
  if (!note.sticky) setTimeout(() => close(key), STAY);
}

function close(key: number): void {
  shown.value = shown.value.filter((note) => note.key !== key);
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {shown.value.map((note) => (
        <div class="toast" key={note.key}>
          <span>{note.text}</span>
          {note.action && (
            <button type="button" class="btn btn-primary" onClick={note.action.run}>
              {note.action.label}
            </button>
          )}
          <button type="button" class="btn btn-quiet icon-only" aria-label={t('close')} onClick={() => close(note.key)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
