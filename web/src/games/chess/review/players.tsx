import { t } from '../../../i18n';
import { hasProfile } from '../../../people/gone';
import { Ahead } from '../ahead';
import { formatClock } from '../clock';
import type { Color } from '../rules';
import { seatOf } from '../select';
import { colorName } from '../speech';
import type { GameRecord } from './api';
import type { Review } from './review';
import { pathTo } from './tree';

/** A player above or below the board: who, how strong, what is left on the clock there, what material is ahead. */
export function PlayerStrip({ review, color }: { review: Review; color: Color }) {
  const { record } = review;
  const seat = seatOf(color);
  return (
    <div class="rv-strip">
      <i class={`rv-side-mark ${color}`} role="img" aria-label={colorName(color)} />
      {record ? <Name record={record} seat={seat} /> : <b class="dim" aria-hidden="true">{colorName(color)}</b>}
      <Ahead fen={review.node.value.fen} color={color} />
      {record?.clock && <span class="rv-clock num">{formatClock(leftAt(review, record, seat))}</span>}
    </div>
  );
}

function Name({ record, seat }: { record: GameRecord; seat: number }) {
  const player = record.players[seat];
  if (!player?.name) return <b class="clip dim">{t('review.nobody')}</b>;
  const { name, house, bot, rating, provisional, diff } = player;
  return (
    <span class="rv-name">
      {(house !== undefined || bot) && <b class="title">BOT</b>}
      {hasProfile(player) ? <a class="clip" href={`/@/${name}`}>{name}</a> : <b class="clip">{name}</b>}
      {rating !== undefined && <span class="num">{`${rating}${provisional ? '?' : ''}`}</span>}
      {diff !== undefined && diff !== 0 && <Diff diff={diff} />}
    </span>
  );
}

function Diff({ diff }: { diff: number }) {
  return <span class={`num ${diff > 0 ? 'up' : 'down'}`}>{diff > 0 ? `+${diff}` : `−${-diff}`}</span>;
}

/** What a clock showed at the position shown; in a side line, where it left the game. */
function leftAt(review: Review, record: GameRecord, seat: number): number {
  const ply = pathTo(review.tree.value, review.node.value.id).findLast((node) => node.main)?.ply ?? 0;
  const blackFirst = record.initialFen.split(' ')[1] === 'b';
  const known = record.moves.slice(0, ply).findLast((_, i) => (i % 2 === 1) !== blackFirst === (seat === 1));
  return known?.leftMs ?? (record.clock?.days ?? 0) * 86_400_000 + (record.clock?.initial_ms ?? 0);
}
