// @ts-check
// The frame around every page: menus, keys, titles, focus, and addresses where nothing is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stage } from './lib/stage.mjs';

const world = stage('--engine', 'none');

/** @param {string} path */
async function visitor(path = '/') {
  const player = await world().player();
  await player.person.go(path);
  await player.person.page.locator('main:not([aria-busy=true])').waitFor();
  return { ...player, page: player.person.page };
}

test('the theme is kept, and there before the first paint', async () => {
  const { page, person, board } = await visitor();
  await board.press('Appearance and board');
  for (const theme of ['Light', 'Dark', 'Light']) {
    await page.getByRole('radio', { name: theme }).check();
    assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), theme.toLowerCase());
  }
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), 'light');
  person.forgive(/ERR_FAILED/);
});

test('sound is switched by its button and by m, and stays so', async () => {
  const { page, board } = await visitor();
  const muted = () => page.evaluate(() => JSON.parse(localStorage.getItem('kibitz.settings') ?? '{}').muted);
  await board.press('Sound');
  await board.press('Mute');
  await page.getByRole('button', { name: 'Unmute' }).waitFor();
  assert.equal(await muted(), true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  assert.equal(await muted(), false);
});

test('? lists the keys of the page, and Escape closes the list', async () => {
  const { page } = await visitor();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Sound on or off').waitFor();
  await sheet.getByText('Create a game').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
});

test('on a game the list has the keys of the game', async () => {
  const { white } = await world().pair();
  const { page } = white.person;
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const key of ['Turn the board', 'Zen mode', 'Back one move', 'To the move input']) await sheet.getByText(key).waitFor();
});

test('a route change brings the focus to the heading', async () => {
  const { page } = await visitor();
  await page.getByRole('link', { name: 'Licences' }).click();
  await page.getByRole('heading', { name: 'Licences', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
  assert.match(await page.title(), /^Licences/);
  await page.goBack();
  await page.locator('.tile').first().waitFor();
});

for (const [path, words] of [
  ['/nothing-here', 'Page not found'],
  ['/g/nothing0', 'Game not found'],
]) {
  test(`${path} says so, and leads back to the lobby`, async () => {
    const { page, person } = await visitor(path);
    await page.getByRole('heading', { name: String(words) }).waitFor();
    await page.getByRole('link', { name: 'To the lobby' }).click();
    await page.locator('.tile').first().waitFor();
    person.forgive(/Failed to load resource.*404/);
  });
}

test('the title says whose turn it is', async () => {
  const { white, black } = await world().pair();
  await white.person.page.waitForFunction(() => document.title.startsWith('Your turn'));
  assert.doesNotMatch(await black.person.page.title(), /Your turn/);
  await white.board.type('e4');
  await black.person.page.waitForFunction(() => document.title.startsWith('Your turn'));
});

test('a server that came back with the same client asks nobody to reload', async () => {
  const { page, person, board } = await visitor();
  await board.reads(/\d+ ms/);
  await page.getByPlaceholder('Find a player').waitFor(); // it comes with the banner
  const { server } = world();
  await server.kill();
  await board.reads('Reconnecting…');
  await server.run();
  await board.reads('Back online');
  assert.equal(await page.getByText('New version').count(), 0);
  person.forgive(/WebSocket|Failed to load resource/);
});
