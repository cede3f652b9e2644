import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { toClipboard } from '../../ui/copy';

/** Copies a text. */
export function CopyButton({ text }: { text: string }) {
  const [done, setDone] = useState(false);
  return (
    <button type="button" class="btn" onClick={() => void toClipboard(text).then(() => setDone(true))}>
      <span role="status">{t(done ? 'account.copied' : 'account.copy')}</span>
    </button>
  );
}
