import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { act } from '../../../socket';
import { me } from '../../../store';
import { Button } from '../../../ui/button';
import type { ChatPreset } from '../../../wire';
import type { Live } from '../live';
import type { Room } from '../state/room';
import { Drawer } from './drawer';

const PRESETS: readonly ChatPreset[] = ['hi', 'gl', 'gg', 'wp', 'ty', 'gtg'];

/** What is said at the table. */
export function ChatDrawer({ live, onClose }: { live: Live; onClose: () => void }) {
  const room = live.room.value;
  const { chatMuted, unread } = live.view;
  useEffect(() => void (unread.value = 0), [room?.chat.length]);
  return (
    <Drawer title={t('poker.chat')} onClose={onClose} class="chat-drawer">
      {room && <Log room={room} muted={chatMuted.value} />}
      {me.value && <Say live={live} />}
    </Drawer>
  );
}

function Log({ room, muted }: { room: Room; muted: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [room.chat.length]);
  return (
    <div class="log" ref={box} role="log" aria-label={t('poker.chat.lines')} tabIndex={0}>
      {!muted &&
        room.chat.map((line) => (
          <p key={line.seq}>
            <b>{line.name}</b> {line.text}
          </p>
        ))}
      {(muted || room.chat.length === 0) && <p class="hint">{t(muted ? 'poker.chat.muted' : 'poker.chat.empty')}</p>}
    </div>
  );
}

/** Guests have the presets, as the protocol allows them no more. */
function Say({ live }: { live: Live }) {
  const { chatMuted } = live.view;
  return (
    <div class="stack">
      <div class="row">
        {PRESETS.map((preset) => (
          <Button key={preset} onPress={() => act(live.table, { type: 'chat', preset })}>
            {preset.toUpperCase()}
          </Button>
        ))}
        <button type="button" class="btn" aria-pressed={chatMuted.value} onClick={() => (chatMuted.value = !chatMuted.value)}>
          {t('poker.chat.mute')}
        </button>
      </div>
      {!me.value?.guest && <Write live={live} />}
    </div>
  );
}

function Write({ live }: { live: Live }) {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('text') as HTMLInputElement;
    const text = field.value.trim();
    field.value = '';
    if (text) void live.act({ type: 'chat', text });
  };
  return (
    <form onSubmit={onSubmit}>
      <input class="field wide" name="text" maxLength={140} autocomplete="off" aria-label={t('poker.chat.write')} placeholder={t('poker.chat.write')} />
    </form>
  );
}
