import { t } from '../../i18n';
import { Icon } from '../../ui/icons';
import { chatBody } from './later';
import type { Live } from './live';

/** The chat: a panel on wide screens, a drawer from below on narrow ones. Its place is there before what is in it. */
export function Chat({ live }: { live: Live }) {
  const game = live.game.value;
  if (!game) return null;
  return (
    <section id="chat" class={`chat ${live.view.chatOpen.value ? 'open' : ''}`} aria-label={t('chess.chat')}>
      <chatBody.View live={live} game={game} />
    </section>
  );
}

/** Opens the drawer on narrow screens; not shown where the chat has its place. */
export function ChatToggle({ live }: { live: Live }) {
  const { chatOpen, unread } = live.view;
  const n = unread.value;
  return (
    <button
      type="button"
      class="btn act-chat"
      aria-expanded={chatOpen.value}
      aria-controls="chat"
      aria-label={n > 0 ? t('chess.chat.unread', { n }) : t('chess.chat')}
      onClick={() => (chatOpen.value = !chatOpen.value)}
    >
      <Icon name="message-circle" />
      {n > 0 && <span class="badge">{n}</span>}
    </button>
  );
}
