import { t } from '../../i18n';
import { shortGame, stakesNow, stakesText } from './select';
import type { Room } from './state/room';

/** For the tab: the game and its blinds. The shell puts "Your turn" before it. */
export function titleOf(room: Room | null): string {
  return room ? `${shortGame(room.stakes)} ${stakesText(stakesNow(room))}` : t('poker.table');
}

/** The one heading of the page, for ears. */
export function headingOf(room: Room | null): string {
  if (!room) return t('poker.table');
  const { variant, structure } = room.stakes;
  const game = `${t(`poker.limit.${structure}`)} ${t(`poker.game.${variant}`)}`;
  return t('poker.heading', { game, stakes: stakesText(stakesNow(room)), n: room.chairs.length });
}
