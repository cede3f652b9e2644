import { t } from '../../../i18n';
import { TableIcon } from '../icons';
import type { TableIconName } from '../icons';
import { money } from '../money';
import type { Room } from '../state/room';
import { SPEEDS } from './walk';
import type { Walk } from './walk';

export interface ControlsProps {
  walk: Walk;
  streets: readonly { street: string; at: number }[];
  room: Room;
  last: number;
}

/** Under the table: where in the hand it is, and the way through it. */
export function Controls({ walk, streets, room, last }: ControlsProps) {
  return (
    <section class="replay-bar" aria-label={t('replay.controls')}>
      <p class="replay-odds num">{oddsText(room)}</p>
      <input
        type="range"
        aria-label={t('replay.where')}
        aria-valuetext={t('replay.step', { n: walk.at, of: last })}
        min="0"
        max={last}
        value={walk.at}
        onInput={(event) => walk.go(event.currentTarget.valueAsNumber)}
      />
      <div class="replay-marks">
        {streets.map(({ street, at }, i) => (
          <button key={street} type="button" class="btn" aria-pressed={walk.at >= at && walk.at < (streets[i + 1]?.at ?? Infinity)} onClick={() => walk.go(at)}>
            {t(`poker.street.${street}`)}
          </button>
        ))}
      </div>
      <div class="replay-buttons">
        <Go label="replay.first" icon="first" disabled={walk.at === 0} onClick={() => walk.go(0)} />
        <Go label="replay.back" icon="back" disabled={walk.at === 0} onClick={() => walk.go(walk.at - 1)} />
        <button type="button" class="btn btn-primary replay-play" aria-label={t(walk.playing ? 'replay.pause' : 'replay.play')} onClick={walk.toggle}>
          <TableIcon name={walk.playing ? 'pause' : 'play'} />
        </button>
        <Go label="replay.forth" icon="forth" disabled={walk.at === last} onClick={() => walk.go(walk.at + 1)} />
        <Go label="replay.last" icon="last" disabled={walk.at === last} onClick={() => walk.go(last)} />
        <select class="field" aria-label={t('replay.speed')} value={String(walk.speed)} onChange={(event) => walk.setSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speed}×
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}

function Go({ label, icon, disabled, onClick }: { label: string; icon: TableIconName; disabled: boolean; onClick: () => void }) {
  return (
    <button type="button" class="btn" aria-label={t(label)} disabled={disabled} onClick={onClick}>
      <TableIcon name={icon} />
    </button>
  );
}

/** What a call costs who is to act, and what share of the pot it must win to be worth it. */
function oddsText({ hand, seats }: Room): string {
  const turn = hand?.turn;
  if (!hand || !turn) return '';
  const name = seats[hand.players[turn.pos]?.seat ?? -1]?.name ?? '';
  const { call } = turn.legal;
  if (call === 0) return t('replay.to-act', { name });
  const share = Math.round((100 * call) / (hand.pot + call));
  return t('replay.odds', { name, amount: money(call, hand.big_blind), pot: money(hand.pot, hand.big_blind), share });
}
