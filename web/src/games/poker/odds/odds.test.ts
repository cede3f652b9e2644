import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equities } from './equity';
import { best, made } from './made';
import { score } from './score';

const cards = (text: string): string[] => text.match(/../g) ?? [];

test('five cards: every category as often as combinatorics says', () => {
  const found = new Array<number>(9).fill(0);
  for (let a = 0; a < 52; a++)
    for (let b = a + 1; b < 52; b++)
      for (let c = b + 1; c < 52; c++)
        for (let d = c + 1; d < 52; d++)
          for (let e = d + 1; e < 52; e++) {
            const category = Math.floor(score([a, b, c, d, e]) / 0x4000000);
            found[category] = (found[category] ?? 0) + 1;
          }
  assert.deepEqual(found, [1302540, 1098240, 123552, 54912, 10200, 5108, 3744, 624, 40]);
});

const words: [string, 'holdem' | 'omaha' | 'omaha8', string, string, string][] = [
  ['the wheel', 'holdem', 'Ah2c', '3d4s5hKsKd', 'a straight, Ace to Five'],
  ['royal', 'holdem', 'AhKh', 'QhJhTh2c2d', 'a Royal Flush'],
  ['two threes are a full house', 'holdem', '7h7d', '7sKhKdKs2c', 'a full house, Kings full of Sevens'],
  ['sixes', 'holdem', '6h6d', '', 'a pair of Sixes'],
  ['two cards of two ranks', 'holdem', 'AhKd', '', ''],
  ['nothing before the flop of Omaha', 'omaha', 'AhAdAsAc', '', ''],
  ['high and low', 'omaha8', 'Ah2hKdKs', '3c4d8hKc9s', 'three of a kind, Kings; low 8,4,3,2,A'],
];
for (const [name, variant, hole, board, want] of words) {
  test(`in words: ${name}`, () => assert.equal(made(variant, cards(hole), cards(board)), want));
}

test('Omaha: four hearts in the hand are no flush', () => {
  assert.equal(made('omaha', cards('AhKhQhJh'), cards('Th9c2c')), 'high card Ace');
  assert.equal(made('omaha', cards('AhKhQhJh'), cards('Th9h2h')), 'a flush, Ace high');
});

test('the best five of seven', () => {
  assert.deepEqual(best('holdem', cards('7s7d'), cards('Qh7hJc2dTh')), cards('JcQh7d7h7s').sort((a, b) => order(a) - order(b)));
});

const order = (card: string): number => 'cdhs'.indexOf(card.charAt(1)) * 13 + '23456789TJQKA'.indexOf(card.charAt(0));

test('equities from the flop on are exact', () => {
  const parts = equities({ variant: 'holdem', hands: [cards('AhAd'), cards('KhKd')], board: cards('2c7s9d3h') }, 0, Math.random);
  assert.deepEqual(parts, [95, 5]); // 2 of 44 kings
});

test('equities before the flop come near the known ones', () => {
  let seed = 1;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const [aces = 0] = equities({ variant: 'holdem', hands: [cards('AhAd'), cards('KhKd')], board: [] }, 4000, random);
  assert.ok(Math.abs(aces - 82) <= 3, `${aces}`);
});

test('a split pot is split', () => {
  assert.deepEqual(equities({ variant: 'holdem', hands: [cards('AhKd'), cards('AdKh')], board: cards('QsJcTd2s') }, 0, Math.random), [50, 50]);
});
