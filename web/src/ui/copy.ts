import { toast } from './toasts';

/** Copies a text, and says so. */
export async function copyText(text: string, done: string): Promise<void> {
  await toClipboard(text);
  toast({ text: done });
}

/** Copies a text. Pages served without HTTPS have no clipboard of their own: there a field is copied from. */
export async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyFromField(text);
}

function copyFromField(text: string): void {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'vh';
  // While a dialog is open everything outside it is inert.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (!copied) throw new Error('This browser does not let pages copy.');
}
