import { t } from '../../i18n';
import { serverNow } from '../../socket';
import { leftAt } from './clock';
import type { Game } from './game';
import type { Color } from './rules';
import { nameAt, shownPlies } from './select';
import { colorName, speakSan, speakTime } from './speech';

/** What is asked for most often, in words. */

export function lastMoveText(game: Game): string {
  const plies = shownPlies(game);
  const ply = plies.at(-1);
  if (!ply) return t('chess.no-moves');
  const black = (plies.length % 2 === 0) !== (game.initialFen.split(' ')[1] === 'b');
  return `${nameAt(game, black ? 1 : 0) ?? ''} ${speakSan(ply.san)}`;
}

export function clocksText(game: Game): string {
  const { clocks } = game;
  if (!clocks) return t('chess.unlimited');
  const one = (color: Color, seat: number): string => `${colorName(color)} ${speakTime(leftAt(clocks, seat, serverNow()))}`;
  return `${one('white', 0)}, ${one('black', 1)}`;
}
