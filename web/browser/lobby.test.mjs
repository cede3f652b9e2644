// The ways from the lobby to a game, with real players on a real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { base, launch, visitor } from './setup.mjs';

let browser;
before(async () => void (browser = await launch()));
after(() => browser?.close());

async function player() {
  const { context, page, faults } = await visitor(browser);
  await page.goto(base);
  await page.waitForSelector('.tile');
  return { context, page, faults };
}

const game = /\/g\/\w{8}$/;

function tile(page, control) {
  return page.getByRole('button', { name: new RegExp(`^${control.replace('+', '\\+')}`) });
}

test('a visitor is no guest before the first play', async () => {
  const { context, page } = await player();
  await page.waitForTimeout(300);
  assert.deepEqual(await context.cookies(), []);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByText('Not signed in').waitFor();
  await context.close();
});

test('two who tap the same tile play each other, and none of them waits any more', async () => {
  const [a, b, c] = await Promise.all([player(), player(), player()]);
  await tile(a.page, '30+20').click();
  await tile(c.page, '30+20').getByText('1 waiting').waitFor();
  await tile(b.page, '30+20').click();
  await Promise.all([a.page.waitForURL(game), b.page.waitForURL(game)]);
  assert.equal(a.page.url(), b.page.url());
  await tile(c.page, '30+20').getByText('waiting').waitFor({ state: 'detached' });
  await a.page.goto(base);
  await a.page.getByRole('heading', { name: 'Your games' }).waitFor();
  assert.deepEqual([a.faults, b.faults], [[], []]);
  await Promise.all([a, b, c].map(({ context }) => context.close()));
});

test('a second tap stops the wait', async () => {
  const { context, page } = await player();
  await tile(page, '30+0').click();
  await page.getByText('Looking for an opponent').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Choose a time control').waitFor();
  await context.close();
});

test('arrows move in the grid', async () => {
  const { context, page } = await player();
  await tile(page, '1+0').focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /^15\+10/);
  assert.equal(await page.locator('.tile[tabindex="0"]').count(), 1);
  await context.close();
});

test('an open challenge is listed, and taken by another', async () => {
  const [a, b] = await Promise.all([player(), player()]);
  await a.page.getByRole('button', { name: 'Create a game' }).click();
  await a.page.getByRole('radio', { name: /Anyone/ }).check();
  await a.page.getByRole('button', { name: 'Create the challenge' }).click();
  await a.page.getByRole('button', { name: 'Cancel your challenge' }).waitFor();
  await b.page.getByRole('tab', { name: /Challenges/ }).click();
  await b.page.getByRole('button', { name: /^Play Guest/ }).click();
  await Promise.all([a.page.waitForURL(game), b.page.waitForURL(game)]);
  assert.equal(a.page.url(), b.page.url());
  await Promise.all([a.context.close(), b.context.close()]);
});

test('a challenge that is withdrawn goes from the list of others', async () => {
  const [a, b] = await Promise.all([player(), player()]);
  await a.page.getByRole('button', { name: 'Create a game' }).click();
  await a.page.getByRole('button', { name: 'Create the challenge' }).click();
  await b.page.getByRole('tab', { name: /Challenges/ }).click();
  const play = b.page.getByRole('button', { name: /^Play Guest/ });
  await play.waitFor();
  await a.page.getByRole('button', { name: 'Cancel your challenge' }).click();
  await play.waitFor({ state: 'detached' });
  await Promise.all([a.context.close(), b.context.close()]);
});

test('a bot plays from a position', async () => {
  const { context, page, faults } = await player();
  await page.getByRole('button', { name: 'Play a bot' }).click();
  await page.getByRole('radio', { name: 'Position' }).check();
  const go = page.getByRole('button', { name: 'Play', exact: true });
  assert.equal(await go.isDisabled(), true);
  await page.getByLabel('Start position (FEN)').fill('4k3/8/8/8/8/8/4P3/4K3 w - - 0 1');
  await go.click();
  await page.waitForURL(game);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a position that the server refuses is said in the dialog', async () => {
  const { context, page } = await player();
  await page.getByRole('button', { name: 'Play with a friend' }).click();
  await page.getByRole('radio', { name: 'Position' }).check();
  await page.getByLabel('Start position (FEN)').fill('8/8/8/8/8/8/4P3/4K3 w - - 0 1');
  await page.getByRole('button', { name: 'Get the link' }).click();
  await page.locator('dialog .problem').waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  await context.close();
});

test('the theme is kept, and there before the first paint', async () => {
  const { context, page } = await player();
  await page.getByRole('button', { name: 'Appearance and board' }).click();
  await page.getByRole('radio', { name: 'Light' }).check();
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');
  await context.close();
});

test('a route change brings the focus to the heading', async () => {
  const { context, page } = await player();
  await page.getByRole('link', { name: 'Licences' }).click();
  await page.getByRole('heading', { name: 'Licences', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
  assert.match(await page.title(), /^Licences/);
  await page.goBack();
  await page.waitForSelector('.tile');
  await context.close();
});
