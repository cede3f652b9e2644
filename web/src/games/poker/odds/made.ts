import type { Card, VariantName } from '../wire';
import { NO_LOW, RANKS, SUITS, cardNumber, low, parts, score, top } from './score';

/** What cards are worth with a board, in the words and with the five cards that the server would give. */

const ONE = ['Deuce', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Jack', 'Queen', 'King', 'Ace'];
const MANY = ONE.map((word) => (word === 'Six' ? 'Sixes' : `${word}s`));

const one = (rank: number): string => ONE[rank] ?? '';
const many = (rank: number): string => MANY[rank] ?? '';

/** A straight by its ends; the wheel begins with the ace. */
function span(high: number): string {
  return `${one((high + 9) % 13)} to ${one(high)}`;
}

/** "two pair, Kings and Nines". */
export function describe(value: number): string {
  const { category, first, second } = parts(value);
  const words = [
    () => `high card ${one(top(first))}`,
    () => `a pair of ${many(first)}`,
    () => `two pair, ${many(top(first))} and ${many(top(first & -first))}`,
    () => `three of a kind, ${many(first)}`,
    () => `a straight, ${span(first)}`,
    () => `a flush, ${one(top(first))} high`,
    () => `a full house, ${many(first)} full of ${many(second)}`,
    () => `four of a kind, ${many(first)}`,
    () => (first === 12 ? 'a Royal Flush' : `a straight flush, ${span(first)}`),
  ];
  return words[category]?.() ?? '';
}

/** "8,6,4,2,A". */
export function describeLow(mask: number): string {
  return [...'A2345678'].filter((_, bit) => mask & (1 << bit)).reverse().join(',');
}

type Found = (cards: number[]) => void;

function eachTwo(cards: readonly number[], found: Found): void {
  cards.forEach((a, i) => cards.slice(i + 1).forEach((b) => found([a, b])));
}

function eachThree(cards: readonly number[], found: Found): void {
  cards.forEach((a, i) => eachTwo(cards.slice(i + 1), (two) => found([a, ...two])));
}

/** Every five that may be played: any of hold'em, exactly two from the hand and three from the board of Omaha. */
function eachFive(variant: VariantName, hole: readonly number[], board: readonly number[], found: Found): void {
  if (variant !== 'holdem') return eachThree(board, (three) => eachTwo(hole, (two) => found([...two, ...three])));
  const all = sorted([...hole, ...board]);
  eachThree(all, (three) => {
    const rest = all.filter((card) => !three.includes(card));
    eachTwo(rest, (two) => found([...two, ...three]));
  });
}

function sorted(cards: number[]): number[] {
  return cards.sort((a, b) => a - b);
}

/** The high score of hole cards with a board; 0 where that says nothing yet. */
export function highScore(variant: VariantName, hole: readonly number[], board: readonly number[]): number {
  if (variant === 'holdem') return score([...hole, ...board]);
  let best = 0;
  eachFive(variant, hole, board, (five) => (best = Math.max(best, score(five))));
  return best;
}

/** The best low of Omaha, two from the hand and three from the board. */
export function lowScore(hole: readonly number[], board: readonly number[]): number {
  let best = NO_LOW;
  eachFive('omaha8', hole, board, (five) => (best = Math.min(best, low(five))));
  return best;
}

/** What hole cards are worth, in words; empty before that says anything. */
export function made(variant: VariantName, hole: readonly Card[], board: readonly Card[]): string {
  const [mine, middle] = [hole.map(cardNumber), board.map(cardNumber)];
  const high = highScore(variant, mine, middle);
  const nothing = high === 0 || (middle.length === 0 && parts(high).category === 0); // two cards of two ranks: everybody sees that
  if (nothing) return '';
  const small = variant === 'omaha8' ? lowScore(mine, middle) : NO_LOW;
  return describe(high) + (small === NO_LOW ? '' : `; low ${describeLow(small)}`);
}

/** The five cards that make the high hand, by suit and rank. Of equal ones the server's choice. */
export function best(variant: VariantName, hole: readonly Card[], board: readonly Card[]): Card[] {
  const mine = sorted(hole.map(cardNumber));
  const middle = sorted(board.map(cardNumber));
  const want = highScore(variant, mine, middle);
  let five = [...mine, ...middle];
  if (five.length > 5 || variant !== 'holdem') {
    eachFive(variant, mine, middle, (cards) => {
      if (score(cards) === want) five = cards;
    });
  }
  return sorted(five).map(cardText);
}

export function cardText(card: number): Card {
  return RANKS.charAt(card % 13) + SUITS.charAt(Math.floor(card / 13));
}
