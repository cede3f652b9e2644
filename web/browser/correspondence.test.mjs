// @ts-check
// Games with days for every turn: made in the dialog, found in the lobby, there after a power cut. And what goes with
// the API of lichess: a link to a token, rules of a challenge, a draw offer that is withdrawn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { password, play } from './lib/games.mjs';
import { stage } from './lib/stage.mjs';

const world = stage('--engine', 'none');

test('a game by correspondence is made in the dialog, and waits in the lobby', async () => {
  const player = await world().member('Paula');
  const { person, board } = player;
  const { page } = person;
  await board.press('Create a game');
  const dialog = page.getByRole('dialog');
  const choose = (/** @type {RegExp} */ name) => dialog.getByRole('radio', { name }).check({ force: true });
  await choose(/^Bot/);
  await choose(/^Correspondence/);
  await choose(/^5$/);
  await choose(/White$/);
  await audit(page, 'create-correspondence');
  await dialog.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForURL('**/g/*');
  await board.reads('5 days a move');
  for (const [ply, san] of ['e4', 'd4'].entries()) {
    await board.type(san);
    await page.waitForFunction((n) => document.querySelectorAll('[aria-label="Moves"] button').length >= n, 2 * ply + 2);
  }
  assert.match((await page.locator('.strip.mine').getByRole('timer').textContent()) ?? '', /^4 d 23 h$/);
  await audit(page, 'correspondence');
  await person.go('/');
  await page.getByRole('tab', { name: /^Correspondence/ }).click();
  await page.getByText(/^Your turn: 4 d 23 h$/).waitFor();
  await audit(page, 'lobby-correspondence');
  await page.getByRole('tabpanel').getByRole('link').click();
  await board.reads('5 days a move');
});

test('a game by correspondence outlives its server', async () => {
  const pair = await world().pair({ control: '3d' });
  await play(pair, 'e4 e5 Nf3');
  await world().server.kill();
  await world().server.run();
  await play(pair, 'e4 e5 Nf3 Nc6', 3);
  for (const { person } of [pair.white, pair.black]) person.forgive(/WebSocket|ERR_CONNECTION_REFUSED|Failed to load resource/);
});

test('a draw offer is withdrawn by who made it', async () => {
  const { white, black } = await world().pair();
  await play({ id: '', white, black }, 'e4 e5');
  await white.board.press('Draw');
  const question = black.person.page.getByRole('group', { name: 'Draw?' });
  await question.waitFor();
  await white.board.press('Offered. Withdraw the draw offer');
  await question.waitFor({ state: 'detached' });
  await white.person.page.getByRole('button', { name: 'Draw', exact: true }).waitFor();
});

test('what a game forbids is said beside it', async () => {
  const { white } = await world().pair({ setup: { variant: 'standard', no_abort: true, no_early_draw: true } });
  await white.board.reads('No aborting • No early draw');
  assert.equal(await white.person.page.getByRole('button', { name: 'Abort' }).count(), 0);
  await audit(white.person.page, 'game-rules');
});

test('a link leads to a token with what it names', async () => {
  const { person } = await world().member('Tokena');
  const { page } = person;
  await person.go('/account/oauth/token/create?scopes[]=bot:play&scopes[]=challenge:read&scopes[]=puzzle:read&description=My+bot');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.getByText('Not known on this server, and left out: puzzle:read').waitFor();
  assert.equal(await dialog.getByLabel('What it is for').inputValue(), 'My bot');
  const ticked = await dialog.getByRole('checkbox', { checked: true }).evaluateAll((boxes) => boxes.map((box) => box.parentElement?.textContent?.trim()));
  assert.deepEqual(ticked, ['Play games as a bot', 'See your challenges']);
  await audit(page, 'token-link');
  await dialog.getByLabel('Your password, to confirm').fill(password);
  await dialog.getByRole('button', { name: 'Make a token' }).click();
  await page.getByRole('heading', { name: 'My bot' }).waitFor();
  const secret = (await page.locator('.secret').textContent()) ?? '';
  const answer = await fetch(`${person.wire.url}/api/token/test`, { method: 'POST', body: secret });
  const told = /** @type {Record<string, { userId: string, scopes: string }>} */ (await answer.json());
  assert.deepEqual([told[secret]?.userId, told[secret]?.scopes], ['tokena', 'bot:play,challenge:read']);
  await audit(page, 'token-made');
});
