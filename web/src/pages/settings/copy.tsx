import { useState } from 'preact/hooks';
import { t } from '../../i18n';

/** Copies a text; where the browser has no clipboard (plain HTTP), there is no button. */
export function CopyButton({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  if (typeof navigator.clipboard === 'undefined') return null;
  return (
    <button type="button" class="btn" onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}>
      <span role="status">{t(done ? 'account.copied' : 'account.copy')}</span>
    </button>
  );
}
