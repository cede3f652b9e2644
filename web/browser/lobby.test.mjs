// @ts-check
// The ways from the lobby to a game, with real players on a real server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from './lib/stage.mjs';

/** @typedef {import('./lib/games.mjs').Player} Player */

const world = stage('--engine', 'none');

async function visitor() {
  const player = await world().player();
  await player.person.go('/');
  await player.person.page.locator('.tile').first().waitFor();
  return player;
}

/** Waits for the address of a game. @param {Player} player */
async function inGame({ person }) {
  await person.page.waitForURL(/\/g\/\w{8}$/);
  return person.path;
}

/** @param {Player} player @param {string} control */
function tile({ person }, control) {
  return person.page.getByRole('button', { name: new RegExp(`^${control.replace('+', '\\+')}`) });
}

/** Opens the list of challenges. @param {Player} player */
async function challenges({ person }) {
  await person.page.getByRole('tab', { name: /Challenges/ }).click();
}

/** Puts a challenge into the list. @param {Player} player */
async function challenge({ person, board }) {
  await board.press('Create a game');
  await person.page.getByRole('radio', { name: /^Anyone/ }).check();
  await board.press('Create the challenge');
  await person.page.getByRole('button', { name: 'Cancel your challenge' }).waitFor();
}

/** @param {Player} player */
function playButton({ person }) {
  return person.page.getByRole('button', { name: /^Play Guest/ });
}

test('a visitor is no guest before the first play', async () => {
  const { person, board } = await visitor();
  await board.reads(/\d players? online/);
  assert.deepEqual(await person.context.cookies(), []);
  await board.press('Account');
  await board.reads('Not signed in');
});

test('two who tap 3+2 play each other, and none of them waits any more', async () => {
  const [a, b, c] = await Promise.all([visitor(), visitor(), visitor()]);
  await tile(a, '3+2').click();
  await tile(c, '3+2').getByText('1 waiting').waitFor();
  await tile(b, '3+2').click();
  assert.equal(await inGame(a), await inGame(b));
  await a.board.reads(/3\+2 • Casual • Blitz/);
  await a.person.page.locator('.strip.mine').waitFor();
  await tile(c, '3+2').getByText('waiting').waitFor({ state: 'detached' });
  await a.person.go('/');
  await a.person.page.getByRole('heading', { name: 'Your games' }).waitFor();
  await a.person.page.getByRole('link', { name: /Guest-/ }).click();
  await inGame(a);
});

test('a second tap, Escape and the button stop the wait', async () => {
  const player = await visitor();
  const { page } = player.person;
  const searching = page.getByText(/^Looking for an opponent at 30\+0…/);
  for (const stop of [
    () => tile(player, '30+0').click(),
    () => page.keyboard.press('Escape'),
    () => page.getByRole('button', { name: 'Cancel' }).click(),
  ]) {
    await tile(player, '30+0').click();
    await searching.waitFor();
    assert.equal(await tile(player, '30+0').getAttribute('aria-pressed'), 'true');
    await stop();
    await player.board.reads('Choose a time control');
  }
});

test('arrows move in the grid', async () => {
  const player = await visitor();
  const { page } = player.person;
  await tile(player, '1+0').focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /^15\+10/);
  assert.equal(await page.locator('.tile[tabindex="0"]').count(), 1);
});

test('a challenge appears for others, one takes it, and it is gone for the third', async () => {
  const [a, b, c] = await Promise.all([visitor(), visitor(), visitor()]);
  await Promise.all([challenges(b), challenges(c)]);
  await b.board.reads('No open challenges.');
  await challenge(a);
  await playButton(c).hover();
  await playButton(b).click();
  assert.equal(await inGame(a), await inGame(b));
  await c.person.page.getByRole('row').filter({ hasText: 'Gone' }).waitFor();
  await c.person.page.getByRole('row').filter({ hasText: 'Gone' }).getByRole('button').click();
  await c.board.reads('Already taken');
  assert.equal(c.person.path, '/');
});

test('who taps a challenge that another has just taken hears it from the server', async () => {
  const [a, b, c] = await Promise.all([visitor(), visitor(), visitor()]);
  await Promise.all([challenges(b), challenges(c)]);
  await challenge(a);
  await playButton(c).waitFor();
  c.person.wire.cut();
  await playButton(b).click();
  await inGame(b);
  await playButton(c).click();
  c.person.wire.mend();
  await c.board.reads('Already taken');
  assert.equal(c.person.path, '/');
});

test('a challenge that is withdrawn goes from the list of others', async () => {
  const [a, b] = await Promise.all([visitor(), visitor()]);
  await challenge(a);
  await challenges(b);
  await playButton(b).waitFor();
  await a.board.press('Cancel your challenge');
  await playButton(b).waitFor({ state: 'detached' });
});

test('a bot plays from a position', async () => {
  const player = await visitor();
  const { page } = player.person;
  await player.board.press('Play a bot');
  await page.getByRole('radio', { name: 'Position' }).check();
  const go = page.getByRole('button', { name: 'Play', exact: true });
  assert.equal(await go.isDisabled(), true);
  await page.getByLabel('Start position (FEN)').fill('4k3/8/8/8/8/8/4P3/4K3 w - - 0 1');
  await go.click();
  await inGame(player);
});

test('a position that the server refuses is said in the dialog', async () => {
  const player = await visitor();
  const { page } = player.person;
  await player.board.press('Play with a friend');
  await page.getByRole('radio', { name: 'Position' }).check();
  await page.getByLabel('Start position (FEN)').fill('8/8/8/8/8/8/4P3/4K3 w - - 0 1');
  await player.board.press('Get the link');
  await page.locator('dialog .problem').waitFor();
  assert.equal(player.person.path, '/');
  player.person.forgive(/Failed to load resource.*400/);
});
