import { addMessages } from '../../../i18n';
import messages from '../shared.en.json';
import { cardName } from '../speech';
import type { Card as Name } from '../wire';

addMessages(messages);

/** Cards are drawn: the rank as text, the suit as a path. No files. */

const SUITS: Record<string, string> = {
  s: 'M12 2C9.5 6 3 9.5 3 14.2a4.5 4.5 0 0 0 8 2.9C10.8 19.5 10 21 8.5 22h7c-1.5-1-2.3-2.5-2.5-4.9a4.5 4.5 0 0 0 8-2.9C21 9.5 14.5 6 12 2z',
  h: 'M12 21.5C5 15.5 2 12 2 8.2A5.2 5.2 0 0 1 7.2 3c2 0 3.8 1.1 4.8 2.8C13 4.1 14.8 3 16.8 3A5.2 5.2 0 0 1 22 8.2c0 3.8-3 7.3-10 13.3z',
  d: 'M12 1.5 20.5 12 12 22.5 3.5 12z',
  c: 'M12 2a4.6 4.6 0 0 0-4 6.9 4.6 4.6 0 1 0 3.1 7.8C10.9 19.4 10 21 8.5 22h7c-1.5-1-2.4-2.6-2.6-5.3A4.6 4.6 0 1 0 16 8.9 4.6 4.6 0 0 0 12 2z',
};

export interface CardProps {
  /** Null lies face down, and nobody here knows what it is. */
  card: Name | null;
  /** `lift` plays in the winning hand, `dim` does not. */
  look?: 'lift' | 'dim' | undefined;
  class?: string;
  /** How long after the others it is dealt, in ms. */
  delay?: number;
}

export function Card({ card, look, class: extra = '', delay = 0 }: CardProps) {
  const style = delay > 0 ? { animationDelay: `${delay}ms` } : undefined;
  if (card === null) return <span class={`pcard back ${extra}`} style={style} role="img" aria-label={cardName(null)} />;
  const [rank = '', suit = ''] = card;
  const ten = rank === 'T';
  return (
    <svg class={`pcard suit-${suit} ${look ?? ''} ${extra}`} style={style} viewBox="0 0 50 70" role="img" aria-label={cardName(card)}>
      <rect class="card-face" x=".75" y=".75" width="48.5" height="68.5" rx="6" />
      <text x={ten ? 2 : 5} y="27" font-size="27" font-weight="800" fill="currentColor" letter-spacing={ten ? '-4' : '0'}>
        {ten ? '10' : rank}
      </text>
      <Suit suit={suit} x={5} y={31} size={14} />
      <Suit suit={suit} x={18} y={37} size={28} />
    </svg>
  );
}

function Suit({ suit, x, y, size }: { suit: string; x: number; y: number; size: number }) {
  return (
    <svg x={x} y={y} width={size} height={size} viewBox="0 0 24 24">
      <path d={SUITS[suit] ?? ''} fill="currentColor" />
    </svg>
  );
}
