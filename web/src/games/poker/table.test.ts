import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMessages } from '../../i18n';
import { changes, turnText } from './announce';
import en from './en.json';
import shared from './shared.en.json';
import { eventsOf, plays, roomAt } from './fixture';
import { clockwise, spots } from './geometry';
import type { Shape } from './geometry';
import { cardsOf, sceneOf } from './scene';
import { reduce } from './state/reduce';
import { storyRoom } from './story/room';
import { timeLeft } from './time';

addMessages(en);
addMessages(shared);

test('every table size has a place for each seat, the hero at the bottom', () => {
  for (const shape of ['portrait', 'landscape', 'short'] as Shape[]) {
    for (let seats = 2; seats <= 10; seats++) {
      const places = spots(seats, shape);
      assert.equal(places.length, seats, `${shape} ${seats}`);
      assert.ok(places.every(({ y }, i) => i === 0 || y <= (places[0]?.y ?? 0) + 7), `${shape} ${seats}`);
      assert.equal(new Set(places.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`)).size, seats);
    }
  }
});

test('seats go clockwise from the hero', () => {
  assert.deepEqual(clockwise(6, 4), [4, 5, 0, 1, 2, 3]);
  assert.deepEqual(clockwise(3, null), [0, 1, 2]);
});

test('nobody sees a card that was not turned over', () => {
  let backs = 0;
  for (const { play } of plays()) {
    for (const { seat, steps } of play.viewers) {
      for (let i = 0; i < steps.length; i += 7) {
        const room = roomAt(steps, seat, i);
        if (!room.hand) continue;
        for (const player of room.hand.players) {
          const known = player.cards?.length || room.hand.you?.pos === player.pos;
          const cards = cardsOf(room.hand, player);
          if (!known) assert.ok(cards.every((card) => card === null));
          backs += cards.filter((card) => card === null).length;
        }
      }
    }
  }
  assert.ok(backs > 100);
});

test('the scene of a table: bets while there is betting, pots when somebody is all-in', () => {
  const turn = sceneOf(storyRoom(6, 'turn', 'holdem', 0), 'landscape');
  assert.equal(turn.seats[0]?.hero, true);
  assert.deepEqual(turn.seats.map(({ bet }) => bet > 0), [true, true, true, true, true, false]);
  assert.equal(turn.pots.length, 3);
  const over = sceneOf(storyRoom(6, 'showdown', 'holdem', 0), 'landscape');
  assert.deepEqual(over.seats.filter(({ won }) => won > 0).map(({ seat }) => seat), [1]);
  assert.ok(over.best && over.best.size === 5);
});

test('what is said when it is my turn', () => {
  const text = turnText(storyRoom(6, 'turn', 'holdem', 0), 20);
  assert.equal(text, 'Your turn. 300 to call. Pot 12,890. You have ace of hearts, king of hearts. 20 seconds.');
});

test('a hand is told to who does not see it', () => {
  const viewer = plays().find(({ name }) => name.startsWith('holdem-no'))?.play.viewers[1];
  assert.ok(viewer);
  const { seat, steps } = viewer;
  const said: string[] = [];
  let room = roomAt(steps, seat, 0);
  for (const step of steps.slice(1, 60)) {
    const next = reduce(room, eventsOf(step, room.seq));
    const words = changes(room, next, undefined);
    said.push(...words.calm);
    assert.deepEqual(words.urgent, [], 'nothing is urgent for who watches');
    room = next;
  }
  const all = said.join('\n');
  for (const want of [/Player\d folds/, /Player\d raises to [\d,]+/, /Flop: \w+ of \w+, \w+ of \w+, \w+ of \w+\. Pot [\d,]+/, /wins [\d,]+/]) assert.match(all, want);
  assert.doesNotMatch(all, /poker\./, 'a text is missing');
});

test('the own time runs first, then the bank', () => {
  const clocks = { left_ms: [30_000, 12_000], running: 1, held: false, at: 1000, delay_ms: 20_000 };
  assert.deepEqual(timeLeft(clocks, 1, 6000), { free: 15_000, bank: 12_000, banking: false });
  assert.deepEqual(timeLeft(clocks, 1, 24_000), { free: 0, bank: 9000, banking: true });
  assert.deepEqual(timeLeft(clocks, 1, 99_000), { free: 0, bank: 0, banking: true });
  assert.deepEqual(timeLeft({ ...clocks, held: true }, 1, 99_000), { free: 20_000, bank: 12_000, banking: false });
});
