import { addMessages, t } from '../i18n';
import { settings } from '../settings';
import { Dialog } from './dialog';
import type { Shortcut } from './shortcuts';
import messages from './shortcut-sheet.en.json';

addMessages(messages);

const names: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** The list of keys, in a dialog. */
export function ShortcutSheet({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose: () => void }) {
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl class="keys">
        {shortcuts.map(({ keys, label }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{names[key] ?? key}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      {!settings.value.singleKeys && <p class="hint">{t('keys.off')}</p>}
    </Dialog>
  );
}
