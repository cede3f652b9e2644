import { t } from '../../i18n';
import type { Game } from './game';
import { colorName } from './speech';
import { colorOf } from './select';
import type { Result } from './wire';

/** How a game ended, in words. */

/** "White won by checkmate", "Draw by agreement", "Game aborted". */
export function outcomeText(result: Result): string {
  if (result.status === 'aborted' || (result.status === 'nostart' && result.winner === null)) {
    return t(`chess.end.${result.status}`);
  }
  if (result.winner === null) return t('chess.end.draw', { why: drawWhy(result) });
  return t('chess.end.won', { color: colorName(colorOf(result.winner)), why: t(`chess.end.by.${result.status}`) });
}

function drawWhy(result: Result): string {
  return t(`chess.end.draw-by.${result.reason ?? result.status}`);
}

/** `1-0`, `0-1`, `½-½`; empty for a game that was not played. */
export function scoreText(result: Result): string {
  if (result.winner !== null) return result.winner === 0 ? '1–0' : '0–1';
  return result.status === 'aborted' || result.status === 'nostart' ? '' : '½–½';
}

/** From the player's own view; undefined for a spectator or a game without a score. */
export function ownOutcome(game: Game): 'won' | 'lost' | 'drawn' | undefined {
  if (game.you === null || !game.result || scoreText(game.result) === '') return undefined;
  if (game.result.winner === null) return 'drawn';
  return game.result.winner === game.you ? 'won' : 'lost';
}
