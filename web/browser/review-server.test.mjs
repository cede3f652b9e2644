// @ts-check
// A review by the host's own engine: asked for by one, seen by all.
import { test } from 'node:test';
import { play } from './lib/games.mjs';
import { stage } from './lib/stage.mjs';

const world = stage();

test('the server reviews a game, and everybody sees the same', async () => {
  const pair = await world().pair({ still: true });
  await play(pair, 'f3 e5 g4 Qh4#');
  for (const { person } of [pair.white, pair.black]) {
    await person.go(`/g/${pair.id}/review`);
    await person.page.locator('.rv-moves .cur').waitFor();
  }
  const { page } = pair.white.person;
  await page.getByRole('button', { name: 'Request a computer review' }).click();
  await page.locator('.rv-done').getByText(/^Stockfish/).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: /^1 blunder by White/ }).click();
  await page.locator('.rv-judgement').getByText('blunder').waitFor();
  const { page: other } = pair.black.person;
  await other.reload();
  await other.locator('.rv-done').getByText(/^Stockfish/).waitFor();
});
