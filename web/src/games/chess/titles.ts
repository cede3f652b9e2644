import { t } from '../../i18n';
import type { Game } from './game';
import { outcomeText } from './outcome';
import { controlName, nameAt, opponent } from './select';

/** For the tab: who and what clock. The shell puts "Your turn" before it. */
export function titleOf(game: Game | null): string {
  if (!game) return t('chess.game');
  if (game.waiting) return t('chess.waiting');
  const names = opponent(game)?.name ?? `${nameAt(game, 0) ?? ''} – ${nameAt(game, 1) ?? ''}`;
  const rest = game.result ? outcomeText(game.result) : (controlName(game) ?? t('chess.unlimited'));
  return `${names} - ${rest}`;
}

/** The one heading of the page, for ears. */
export function headingOf(game: Game | null): string {
  if (!game) return t('chess.game');
  return t('chess.heading', {
    control: controlName(game) ?? t('chess.unlimited'),
    rated: t(game.info.rated ? 'chess.rated' : 'chess.casual'),
    white: nameAt(game, 0) ?? t('chess.seat.free'),
    black: nameAt(game, 1) ?? t('chess.seat.free'),
  });
}
