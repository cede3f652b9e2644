import type { Card, VariantName } from '../wire';
import { NO_LOW, cardNumber } from './score';
import { highScore, lowScore } from './made';

/** What share of a pot open hands can expect: all boards counted from the flop on, and before it as many as asked for. */

export interface Contest {
  variant: VariantName;
  hands: readonly (readonly Card[])[];
  board: readonly Card[];
}

/** The shares in percent, whole numbers, in the order of the hands. `random` gives numbers from 0 to 1. */
export function equities({ variant, hands, board }: Contest, samples: number, random: () => number): number[] {
  const holes = hands.map((cards) => cards.map(cardNumber));
  const start = board.map(cardNumber);
  const known = new Set([...holes.flat(), ...start]);
  const deck = Array.from({ length: 52 }, (_, card) => card).filter((card) => !known.has(card));
  const sums = holes.map(() => 0);
  let boards = 0;
  const count = (rest: readonly number[]): void => {
    boards += 1;
    share(variant, holes, [...start, ...rest]).forEach((part, i) => (sums[i] = (sums[i] ?? 0) + part));
  };
  const missing = 5 - start.length;
  if (missing > 2) for (let i = 0; i < samples; i++) count(draw(deck, missing, random));
  else each(deck, missing, count);
  return sums.map((sum) => Math.round((100 * sum) / Math.max(1, boards)));
}

/** Every way to take so many cards. */
function each(deck: readonly number[], n: number, found: (cards: number[]) => void, taken: number[] = [], from = 0): void {
  if (n === 0) return found(taken);
  for (let i = from; i <= deck.length - n; i++) each(deck, n - 1, found, [...taken, deck[i] ?? 0], i + 1);
}

function draw(deck: readonly number[], n: number, random: () => number): number[] {
  const cards = new Set<number>();
  while (cards.size < n) cards.add(deck[Math.floor(random() * deck.length)] ?? 0);
  return [...cards];
}

/** Who gets what part of a pot of 1 with a complete board. */
function share(variant: VariantName, holes: readonly number[][], board: readonly number[]): number[] {
  const highs = holes.map((hole) => highScore(variant, hole, board));
  const high = split(highs, Math.max(...highs));
  if (variant !== 'omaha8') return high;
  const lows = holes.map((hole) => lowScore(hole, board));
  const lowest = Math.min(...lows);
  if (lowest === NO_LOW) return high;
  const low = split(lows, lowest);
  return high.map((part, i) => (part + (low[i] ?? 0)) / 2);
}

function split(scores: readonly number[], best: number): number[] {
  const winners = scores.filter((score) => score === best).length;
  return scores.map((score) => (score === best ? 1 / winners : 0));
}
