import { t } from '../../i18n';
import { mine } from '../../store';
import type { Live } from './live';
import { chips } from './money';
import { shortGame, stakesNow, stakesText } from './select';
import type { Room } from './state/room';
import { Countdown } from './actions/countdown';
import { TableIcon } from './icons';

/** My tables as tabs, what this one is, and its tools. */
export function Head({ live }: { live: Live }) {
  const room = live.shown.value;
  const others = (mine.value ?? []).filter(({ kind, table }) => kind === 'poker' && table !== live.table);
  return (
    <div class="phead">
      <nav class="ptabs" aria-label={t('poker.tables')}>
        <a class="ptab" aria-current="page" href={`/t/${live.table}`}>
          {room ? <This room={room} /> : t('poker.table')}
        </a>
        {others.map((other) => (
          <a key={other.table} class={`ptab ${other.my_turn ? 'calls' : ''}`} href={`/t/${other.table}`}>
            {other.control || t('poker.table')}
            {other.my_turn && <span class="ptab-turn">{t('poker.your-turn')}</span>}
          </a>
        ))}
      </nav>
      {room && <Tools live={live} room={room} />}
    </div>
  );
}

function This({ room }: { room: Room }) {
  return (
    <>
      <b>{shortGame(room.stakes)}</b> <span class="num">{stakesText(stakesNow(room))}</span>
      {room.levelUntil > 0 && !room.breakUntil && (
        <span class="level num">
          <Countdown to={room.levelUntil} text="poker.level" />
        </span>
      )}
    </>
  );
}

function Tools({ live, room }: { live: Live; room: Room }) {
  const { layer, unread } = live.view;
  const toggle = (name: 'history' | 'chat' | 'menu'): void => void (layer.value = layer.value === name ? null : name);
  return (
    <div class="ptools">
      <button type="button" class="btn btn-quiet tool-history" aria-expanded={layer.value === 'history'} onClick={() => toggle('history')}>
        <TableIcon name="history" />
        <span class="num tool-label" aria-hidden="true">
          {room.number > 0 ? t('poker.hand', { n: chips(room.number) }) : t('poker.history')}
        </span>
        <span class="vh">{room.number > 0 ? t('poker.hand.history', { n: chips(room.number) }) : t('poker.hand.none')}</span>
      </button>
      <button
        type="button"
        class="btn btn-quiet icon-only"
        aria-expanded={layer.value === 'chat'}
        aria-label={unread.value > 0 ? t('poker.chat.unread', { n: unread.value }) : t('poker.chat')}
        onClick={() => toggle('chat')}
      >
        <TableIcon name="chat" />
        {unread.value > 0 && <span class="badge">{unread.value}</span>}
      </button>
      <button type="button" class="btn btn-quiet icon-only" aria-expanded={layer.value === 'menu'} aria-label={t('poker.menu')} onClick={() => toggle('menu')}>
        <TableIcon name="sliders" />
      </button>
    </div>
  );
}
