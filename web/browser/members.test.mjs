// @ts-check
// People with accounts: a guest who signs up keeps the game, rated games change ratings, passkeys let in, settings follow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { play } from './lib/games.mjs';
import { sizes } from './lib/people.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = stage('--engine', 'none');
const password = 'correct horse battery staple';

/** Makes an account of whoever sits there. @param {Page} page @param {string} name */
async function signUp(page, name) {
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.waitForURL((url) => url.pathname !== '/signup');
}

/** What a program at an address asks for, by OAuth. @param {string} at */
const wishOf = (at) =>
  `/oauth?response_type=code&client_id=my-board&redirect_uri=${encodeURIComponent(at)}&code_challenge_method=S256` +
  '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&scope=board%3Aplay%20racer%3Awrite&state=xyz';

/** The pages of somebody who has an account, and what to wait for. @param {string} name */
const pagesOf = (name) => [
  { page: 'profile', path: `/@/${name}`, ready: '.game-row' },
  { page: 'ratings', path: `/@/${name}?tab=chess`, ready: '.stat-cards' },
  { page: 'history', path: `/@/${name}?tab=games`, ready: '.game-row' },
  { page: 'no-games', path: `/@/${name}?tab=games&result=draw`, ready: '.empty' },
  { page: 'privacy', path: '/settings/privacy', ready: '.toggle' },
  { page: 'account', path: '/settings/account', ready: '.settings-block .tag' },
  { page: 'oauth', path: wishOf('http://localhost:9/back'), ready: '.oauth li' },
];

test('a guest signs up and finds the game, filters it, and has its PGN', async () => {
  const game = await world().pair({ still: true });
  await play(game, 'f3 e5 g4 Qh4#');
  const { page } = game.black.person;
  await page.getByRole('complementary', { name: 'Save your games' }).getByRole('link').click();
  await signUp(page, 'Mate_in_2');
  await game.black.person.go('/@/Mate_in_2?tab=games&result=win');
  await page.locator('.game-row').waitFor();
  const pgn = await page.request.get(new URL((await page.locator('.game-pgn').getAttribute('href')) ?? '', page.url()).href);
  assert.match(await pgn.text(), /2\. g4 .*Qh4#/s);
  await page.getByLabel('Result').selectOption('loss');
  await page.getByText('No games with these filters').waitFor();
  assert.equal(new URL(page.url()).search, '?tab=games&result=loss');
  for (const size of /** @type {(keyof typeof sizes)[]} */ (Object.keys(sizes))) {
    await page.setViewportSize(sizes[size]);
    for (const { page: name, path, ready } of pagesOf('Mate_in_2')) {
      await game.black.person.go(path);
      await page.locator(ready).first().waitFor();
      await audit(page, `${name}-${size}`);
    }
  }
});

test('a program asks, hears no, asks again, and gets a code', async () => {
  const { person } = await world().player();
  const { page } = person;
  const wish = person.wire.url + wishOf(`${person.wire.url}/licences`); // a program that is a page of this server
  await page.goto(wish);
  await page.getByRole('link', { name: 'Make an account' }).click();
  await signUp(page, 'Board_owner');
  await page.getByText('“my-board” wants to act for Board_owner').waitFor();
  assert.deepEqual(await page.locator('.oauth li').allTextContents(), ['play games with a board']);
  const answer = async () => {
    await page.waitForURL('**/licences?*');
    return new URL(page.url()).searchParams;
  };
  await page.getByRole('button', { name: 'Refuse' }).click();
  const no = await answer();
  assert.deepEqual([no.get('error'), no.get('state')], ['access_denied', 'xyz']);
  await page.goto(wish);
  await page.getByRole('button', { name: 'Allow' }).click();
  assert.match((await answer()).get('code') ?? '', /^liu_/);
});

test('a passkey lets in elsewhere, and settings are there already', async () => {
  const { person } = await world().player();
  const { page } = person;
  // Passkeys belong to a name, not to the number of an address.
  const base = person.wire.url.replace('127.0.0.1', 'localhost');
  await page.goto(`${base}/signup?next=/settings/account`);
  await signUp(page, 'Keyholder');
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const kind = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await device.send('WebAuthn.addVirtualAuthenticator', { options: /** @type {never} */ ({ ...kind, automaticPresenceSimulation: true }) });
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByLabel('Your password, to confirm').fill(password);
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('This device').waitFor();
  await page.goto(`${base}/settings/sound`);
  await page.getByRole('switch', { name: 'Low time' }).uncheck();
  await page.locator('.saved.is-saved').waitFor();
  await page.locator('.menu-button:visible').last().click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Not signed in').waitFor();
  await page.evaluate(() => localStorage.clear());
  // The authenticator answers the question of the form at once, so nothing is pressed.
  await page.goto(`${base}/login?next=/settings/sound`);
  await page.waitForURL('**/settings/sound');
  await page.getByRole('switch', { name: 'Low time', checked: false }).waitFor();
  person.forgive(/^request to elsewhere: (http|ws):\/\/localhost:/);
});
