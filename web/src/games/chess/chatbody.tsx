import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { me } from '../../store';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import type { ChatPreset } from '../../wire';
import type { Game } from './game';
import type { Live } from './live';
import { isOver } from './select';

const GREETINGS: ChatPreset[] = ['hi', 'gl', 'hf', 'u2'];
const FAREWELLS: ChatPreset[] = ['gg', 'wp', 'ty', 'gtg'];

/** What was said in a game, and the ways to say something. */
export function ChatBody({ live, game }: { live: Live; game: Game }) {
  const { chatOpen, chatMuted, unread } = live.view;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!chatOpen.value) return;
    unread.value = 0;
    close.current?.focus();
    return () => document.querySelector<HTMLElement>('.act-chat')?.focus();
  }, [chatOpen.value]);
  return (
    <>
      <header class="chat-head">
        <b>{t(game.you === null ? 'chess.chat.spectators' : 'chess.chat')}</b>
        <button
          type="button"
          ref={close}
          class="btn btn-quiet icon-only"
          aria-label={t('close')}
          onClick={() => (chatOpen.value = false)}
        >
          <Icon name="x" />
        </button>
      </header>
      <Log game={game} muted={chatMuted.value} />
      <Say live={live} game={game} />
    </>
  );
}

function Log({ game, muted }: { game: Game; muted: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [game.chat.length]);
  return (
    <div class="log" ref={box} role="log" aria-label={t('chess.chat.lines')} tabIndex={0}>
      {!muted &&
        game.chat.map((line) => (
          <p key={line.seq}>
            <b>{line.name}</b> {line.text}
          </p>
        ))}
      {(muted || game.chat.length === 0) && <p class="dim">{t(muted ? 'chess.chat.muted' : 'chess.chat.empty')}</p>}
    </div>
  );
}

/** Guests have the presets, as the protocol allows them no more; visitors read. */
function Say({ live, game }: { live: Live; game: Game }) {
  const user = me.value;
  if (!user) return null;
  const presets = isOver(game) ? FAREWELLS : GREETINGS;
  return (
    <div class="say">
      <div class="presets">
        {presets.map((preset) => (
          <Button key={preset} title={t(`chess.preset.${preset}`)} onPress={() => live.act({ type: 'chat', preset })}>
            {preset.toUpperCase()}
          </Button>
        ))}
        <Mute live={live} />
      </div>
      {!user.guest && <Write live={live} />}
    </div>
  );
}

/** Hides what others say in this game, here and until the page is left. */
function Mute({ live }: { live: Live }) {
  const { chatMuted } = live.view;
  const toggle = (): void => void (chatMuted.value = !chatMuted.value);
  return (
    <button
      type="button"
      class="btn icon-only"
      aria-pressed={chatMuted.value}
      aria-label={t('chess.chat.mute')}
      title={t('chess.chat.mute')}
      onClick={toggle}
    >
      <Icon name={chatMuted.value ? 'volume-x' : 'volume-2'} />
    </button>
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
      <input name="text" maxLength={140} autocomplete="off" aria-label={t('chess.chat.write')} placeholder={t('chess.chat.write')} />
    </form>
  );
}
