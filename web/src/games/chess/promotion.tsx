import type { Live } from './live';
import { below } from './orientation';
import { PromotionChoice } from './promotionchoice';
import { myColor } from './select';

/** The choice of a piece for the move that waits for it. */
export function Promotion({ live }: { live: Live }) {
  const ask = live.view.promotion.value;
  const game = live.game.value;
  if (!ask || !game) return null;
  return (
    <PromotionChoice
      to={ask.to}
      color={myColor(game) ?? 'white'}
      below={below(live)}
      onPick={(role) => void live.move(ask.from, ask.to, { role })}
      onCancel={() => live.cancelPromotion()}
    />
  );
}
