import { settings } from '../../../settings';
import type { Card as Name } from '../wire';
import { Card } from './card';

/** Cards in a line of text, in the colours of the player's deck. */
export function MiniCards({ cards }: { cards: readonly Name[] }) {
  return (
    <span class="hole-mini" data-deck={settings.value.deck}>
      {cards.map((card) => (
        <Card key={card} card={card} />
      ))}
    </span>
  );
}
