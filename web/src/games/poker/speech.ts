import { t } from '../../i18n';
import type { Card } from './wire';

/** Cards in words. */

const RANKS: Record<string, string> = {
  '2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six', '7': 'seven', '8': 'eight', '9': 'nine',
  T: 'ten', J: 'jack', Q: 'queen', K: 'king', A: 'ace',
};
const SUITS: Record<string, string> = { c: 'clubs', d: 'diamonds', h: 'hearts', s: 'spades' };

/** "queen of hearts", and "face-down card" for one that nobody here knows. */
export function cardName(card: Card | null): string {
  if (card === null) return t('poker.card.down');
  const [rank = '', suit = ''] = card;
  return t('poker.card', { rank: t(`poker.rank.${RANKS[rank] ?? ''}`), suit: t(`poker.suit.${SUITS[suit] ?? ''}`) });
}

/** "queen of hearts, seven of spades". */
export function cardNames(cards: readonly (Card | null)[]): string {
  return cards.map(cardName).join(', ');
}
