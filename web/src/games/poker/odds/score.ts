import type { Card } from '../wire';

/**
 * What beats what. A set of cards is a mask of 13 ranks for each suit; a score is the category, then 13 bits that decide
 * first, then 13 bits that decide among equals, so that scores compare as numbers. The same order as on the server.
 */

export const RANKS = '23456789TJQKA';
export const SUITS = 'cdhs';

const ALL = 0x1fff;

/** A card as a number: suit times 13 plus rank. */
export function cardNumber(card: Card): number {
  return SUITS.indexOf(card.charAt(1)) * 13 + RANKS.indexOf(card.charAt(0));
}

function count(mask: number): number {
  let n = 0;
  for (let rest = mask; rest; rest &= rest - 1) n += 1;
  return n;
}

/** The highest rank of a mask. */
export function top(mask: number): number {
  return 31 - Math.clz32(mask);
}

/** The n highest ranks of a mask, as a mask. */
function highest(mask: number, n: number): number {
  let rest = mask;
  for (let extra = count(mask) - n; extra > 0; extra--) rest &= rest - 1;
  return rest;
}

/** The top rank of the best straight in a mask; 0 when there is none. The ace also counts low. */
function straight(mask: number): number {
  const low = (mask << 1) | (mask >> 12);
  const run = low & (low << 1) & (low << 2) & (low << 3) & (low << 4);
  return run ? top(run) - 1 : 0;
}

function pack(category: number, first: number, second: number): number {
  return category * 0x4000000 + first * 0x2000 + second;
}

/** Rates the best five of up to seven cards given as numbers. Fewer than five rate as far as they go. */
export function score(cards: readonly number[]): number {
  const suits: [number, number, number, number] = [0, 0, 0, 0];
  for (const card of cards) suits[(card / 13) | 0] = (suits[(card / 13) | 0] ?? 0) | (1 << (card % 13));
  const [a, b, c, d] = suits;
  for (const suit of suits) {
    if (count(suit) < 5) continue;
    const high = straight(suit);
    return high ? pack(8, high, 0) : pack(5, highest(suit, 5), 0);
  }
  const ranks = a | b | c | d;
  const odd = a ^ b ^ c ^ d;
  const doubles = cards.length - count(ranks);
  const threes = (a & b & (c | d)) | (c & d & (a | b));
  const heavy = doubles > 2 ? full(ranks, odd, threes, a & b & c & d) : 0;
  if (heavy) return heavy;
  const high = straight(ranks);
  if (high) return pack(4, high, 0);
  return light(ranks, odd, threes, doubles);
}

/** Four of a kind and full houses. */
function full(ranks: number, odd: number, threes: number, fours: number): number {
  if (fours) return pack(7, top(fours), highest(ranks ^ fours, 1));
  if (!threes) return 0;
  const best = 1 << top(threes);
  const pairs = (ranks ^ odd) | (threes ^ best);
  return pairs ? pack(6, top(best), top(pairs)) : 0;
}

/** Everything without five cards that belong together. */
function light(ranks: number, odd: number, threes: number, doubles: number): number {
  if (doubles === 0) return pack(0, highest(ranks, 5), 0);
  const pairs = ranks ^ odd;
  if (doubles === 1) return pack(1, top(pairs), highest(odd, 3));
  if (!pairs) return pack(3, top(threes), highest(ranks ^ threes, 2));
  const two = highest(pairs, 2);
  return pack(2, two, highest(ranks ^ two, 1));
}

export interface Parts {
  category: number;
  first: number;
  second: number;
}

/** A score taken apart again. */
export function parts(value: number): Parts {
  return { category: Math.floor(value / 0x4000000), first: (value >> 13) & ALL, second: value & ALL };
}

/** No five different ranks of eight or lower. */
export const NO_LOW = 255;

/** The best low of eight or better, as a mask with the ace as bit 0: the lower number wins. */
export function low(cards: readonly number[]): number {
  let ranks = 0;
  for (const card of cards) ranks |= 1 << (card % 13);
  let small = ((ranks << 1) | (ranks >> 12)) & 0xff;
  if (count(small) < 5) return NO_LOW;
  while (count(small) > 5) small &= ~(1 << top(small));
  return small;
}
