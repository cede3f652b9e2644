import type { Live } from './live';
import type { Color } from './rules';
import { colorOf, opposite } from './select';

/** The colour at the bottom of the board: the player's own, White for a spectator, turned round when asked. */
export function below(live: Live): Color {
  const game = live.game.value;
  const own = colorOf(game?.you ?? game?.lostSeat ?? 0);
  return live.view.flipped.value ? opposite(own) : own;
}
