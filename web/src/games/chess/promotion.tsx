import type { Live } from './live';
import { promotionChoice } from './mountboard';
import { below } from './orientation';
import { myColor } from './select';

/** The choice of a piece for the move that waits for it. */
export function Promotion({ live }: { live: Live }) {
  const ask = live.view.promotion.value;
  const game = live.game.value;
  if (!ask || !game) return null;
  return (
    <promotionChoice.View
      to={ask.to}
      color={myColor(game) ?? 'white'}
      below={below(live)}
      onPick={(role) => void live.move(ask.from, ask.to, { role })}
      onCancel={() => live.cancelPromotion()}
    />
  );
}
