// @ts-check
// One person's way: a guest's game, an account that keeps it, the history, its review and its PGN, and the seat from elsewhere.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('playwright-core').CDPSession} CDPSession */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./lib/games.mjs').Player} Player */
/** The authenticator of one browser, as the DevTools protocol knows it. @typedef {{ session: CDPSession, authenticatorId: string }} Key */

const world = stage('--engine', 'none');

const name = 'Wanderer';
const password = 'correct horse battery staple';

test('a guest plays, signs up, finds the game, reviews it, has its PGN, and goes on elsewhere with a passkey', async () => {
  const home = await visitor();
  const played = await lostGame(home);
  await signUp(home);
  const pgn = await lookBack(home, played.id);
  assertPgn(pgn, played);

  const key = await addPasskey(home);
  const running = await gameAgainstHouse(home);
  await home.board.type('e4');
  await plies(home, 2);

  const elsewhere = await visitor();
  await signInWithPasskey(elsewhere, key);
  await resume(elsewhere, running);
  assert.deepEqual(await elsewhere.board.moves(), await home.board.moves());
  await elsewhere.board.type('h3');
  await plies(elsewhere, 4);
  await plies(home, 4);
});

/** A visitor who comes by a host name: passkeys belong to a name, not to the number of an address. */
async function visitor() {
  const player = await world().player();
  const { wire } = player.person;
  wire.url = wire.url.replace('127.0.0.1', 'localhost');
  return player;
}

/** From the lobby to a board against the weakest house player; the answer is the id of the game. @param {Player} player */
async function gameAgainstHouse({ person, board }) {
  const { page } = person;
  await person.go('/');
  await board.press('Play a bot');
  const dialog = page.getByRole('dialog', { name: 'Create a game' });
  await dialog.getByRole('group', { name: 'Level' }).getByRole('radio', { name: '1', exact: true }).check();
  await dialog.getByRole('radio', { name: 'White' }).check();
  await dialog.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForURL(/\/g\/\w{8}$/);
  await page.locator('.strip.mine').waitFor();
  return person.path.slice('/g/'.length);
}

/** Waits until so many plies are played. @param {Player} player @param {number} count */
function plies({ board }, count) {
  return eventually(async () => assert.equal((await board.moves()).length, count), 60_000);
}

/** A short game that the guest gives up. @param {Player} player */
async function lostGame(player) {
  const { person, board } = player;
  const id = await gameAgainstHouse(player);
  await board.type('a3');
  await plies(player, 2);
  await board.type('h3');
  await plies(player, 4);
  const moves = await board.moves();
  const guest = /Guest-\w+/.exec(await person.page.locator('.strip.mine').innerText())?.[0];
  await board.press('Resign');
  await board.press('Resign now');
  await board.result.getByText('Black won by resignation').waitFor();
  return { id, guest, moves };
}

/** Takes the offer that stands beside the finished game of a guest. @param {Player} player */
async function signUp({ person: { page } }) {
  await page.getByRole('complementary', { name: 'Save your games' }).getByRole('link').click();
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.waitForURL((url) => url.pathname !== '/signup');
}

/**
 * From the profile by the history and the game to its review; the answer is the file that is downloaded there.
 * @param {Player} player
 * @param {string} id
 */
async function lookBack({ person, board }, id) {
  const { page } = person;
  await person.go(`/@/${name}`);
  await page.getByRole('tab', { name: /^Games/ }).click();
  const row = page.getByRole('tabpanel', { name: /^Games/ }).getByRole('listitem').filter({ hasText: 'House level 1' });
  await row.getByRole('link', { name: /House level 1/ }).first().click();
  await page.waitForURL(`**/g/${id}`);
  await board.result.getByRole('link', { name: 'Review' }).click();
  await page.waitForURL((url) => url.pathname === `/g/${id}/review`);
  await page.locator('.rv-outcome').getByText('Black won by resignation').waitFor();
  return download(page);
}

/** @param {Page} page */
async function download(page) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download PGN' }).click();
  const file = await coming;
  assert.match(file.suggestedFilename(), /\.pgn$/);
  return text(await file.createReadStream());
}

/**
 * The name of that day, the moves with what each clock showed, and the result.
 * @param {string} pgn
 * @param {Awaited<ReturnType<typeof lostGame>>} played
 */
function assertPgn(pgn, { guest, moves }) {
  assert.match(pgn, new RegExp(`^\\[White "${guest}"\\]$`, 'm'));
  assert.match(pgn, /^\[Result "0-1"\]$/m);
  const body = pgn.slice(pgn.indexOf('\n\n'));
  assert.equal(body.match(/\[%clk \d+:\d\d:\d\d(\.\d+)?\]/g)?.length, moves.length);
  const words = body.replaceAll(/\{[^}]*\}|\d+\.+/g, ' ').trim().split(/\s+/);
  assert.deepEqual(words, [...moves, '0-1']);
}

/** Puts an authenticator into the browser: one that says yes to everything. @param {Page} page @returns {Promise<Key>} */
async function authenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

/** @param {Player} player */
async function addPasskey({ person }) {
  const { page } = person;
  await person.go('/settings/account');
  const key = await authenticator(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await dialog.getByLabel('Your password, to confirm').fill(password);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('This device').waitFor();
  return key;
}

/** Hands the passkey over, as a keychain does, and signs in with nothing else. @param {Player} player @param {Key} from */
async function signInWithPasskey({ person }, from) {
  const { page } = person;
  await page.addInitScript(noteQuestions);
  await person.go('/login');
  // The form asks quietly by itself; an authenticator that is there by then would answer before the button is pressed.
  await page.locator('html[data-asked]').waitFor();
  const { credentials } = await from.session.send('WebAuthn.getCredentials', { authenticatorId: from.authenticatorId });
  assert.equal(credentials.length, 1);
  const { session, authenticatorId } = await authenticator(page);
  for (const credential of credentials) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL((url) => url.pathname === '/');
}

/** Runs in the page, before anything of it: marks the page when it has asked the browser for a passkey. */
function noteQuestions() {
  const { credentials } = navigator;
  const get = credentials.get.bind(credentials);
  credentials.get = (options) => {
    const answer = get(options);
    document.documentElement.dataset['asked'] = '';
    return answer;
  };
}

/** The running game is the one in the strip of the lobby, and leads into the seat. @param {Player} player @param {string} id */
async function resume({ person: { page } }, id) {
  const cards = page.getByRole('region', { name: 'Your games' }).getByRole('link');
  await cards.filter({ hasText: 'House level 1' }).waitFor();
  assert.deepEqual(await cards.evaluateAll((links) => links.map((link) => link.getAttribute('href'))), [`/g/${id}`]);
  await cards.click();
  await page.waitForURL(`**/g/${id}`);
  await page.locator('.strip.mine').getByText(name).waitFor();
}
