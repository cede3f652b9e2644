import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { framesOf, marks, veiled } from './replay';
import type { Replay } from './replay';

/** The hands that the server's own tests write down. */
function folder(): string {
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const found = join(at, 'internal', 'poker', 'handlog', 'testdata');
    if (existsSync(found)) return found;
  }
  throw new Error('no recorded hands above ' + process.cwd());
}

const replays = readdirSync(folder())
  .filter((name) => name.endsWith('.replay.json'))
  .map((name) => ({ name, replay: JSON.parse(readFileSync(join(folder(), name), 'utf8')) as Replay }));

test('there are hands to replay', () => assert.ok(replays.length > 2));

for (const { name, replay } of replays) {
  test(`every picture has the stacks and the pot that the server says: ${name}`, () => {
    const frames = framesOf(replay);
    assert.equal(frames.length, replay.steps.length + 1);
    replay.steps.forEach((step, i) => {
      const hand = frames[i + 1]?.hand;
      const last = i === replay.steps.length - 1;
      assert.deepEqual(hand?.players.map(({ stack }) => stack), last ? replay.players.map(({ end }) => end) : step.stacks, `stacks after ${i + 1}: ${step.do}`);
      assert.equal(hand?.pot, step.pot, `pot after ${i + 1}: ${step.do}`);
    });
    const boards = replay.steps.flatMap((step) => (step.do === 'board' && !step.run ? (step.cards ?? []) : []));
    assert.deepEqual(frames.at(-1)?.hand?.boards[0], boards);
  });

  test(`streets are found: ${name}`, () => {
    const found = marks(replay).map(({ street }) => street);
    assert.equal(found[0], 'preflop');
    assert.deepEqual([...new Set(found)], found);
  });
}

test('names and own cards can be hidden', () => {
  const { replay } = replays.find((one) => one.replay.players.some(({ cards }) => cards)) ?? {};
  assert.ok(replay);
  const you = replay.players.find(({ cards }) => cards)?.seat ?? 0;
  const hidden = veiled({ ...replay, you }, { names: true, cards: true });
  assert.ok(hidden.players.every(({ name }) => /^P\d+$/.test(name)));
  assert.equal(hidden.players.find(({ seat }) => seat === you)?.cards, undefined);
});
