// @ts-check
// What is mine: another name, everything as a zip, and the end of an account, which leaves the opponents their games.
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { password } from './lib/games.mjs';
import { quickMate } from './lib/quick.mjs';
import { stage } from './lib/stage.mjs';
import { unzip } from './lib/zip.mjs';

/** @typedef {import('./lib/quick.mjs').Member} Member */

const world = stage('--engine', 'none');

/** @param {string} name @returns {Promise<Member>} */
const member = async (name) => ({ name, player: await world().member(name) });

/** Waits until a game is in the history of who played it. @param {Member} member @param {string} table */
async function archived({ name, player: { person } }, table) {
  await eventually(async () => {
    await person.go(`/@/${name}?tab=games`);
    await person.page.locator(`.game-open[href="/g/${table}"]`).waitFor({ timeout: 5000 });
  });
}

test('a name is changed once, and the games go with it', async () => {
  const [old, friend] = await Promise.all([member('Caterpillar'), member('Bystander')]);
  const table = await quickMate(old, friend);
  await archived(friend, table);
  const { person, board } = old.player;
  const { page } = person;
  await person.go('/settings/account');
  await board.press('Take another name');
  const dialog = page.getByRole('dialog', { name: 'Take another name' });
  await dialog.getByLabel('New name').fill('Butterfly');
  await dialog.getByLabel('Your password, to confirm').fill(password);
  await dialog.getByRole('button', { name: 'Take another name' }).click();
  await board.reads('You have taken another name already.');
  await page.getByRole('button', { name: 'Account, Butterfly' }).waitFor();
  await archived({ name: 'Butterfly', player: old.player }, table);
  await person.go('/@/Caterpillar');
  await board.reads('There is no account “Caterpillar” on this server.');
  person.forgive(/Failed to load resource.*404/);
});

test('everything that the server knows of me comes as a zip', async () => {
  const [me, friend] = await Promise.all([member('Archivist'), member('Companion')]);
  const table = await quickMate(me, friend);
  await archived(me, table);
  const { page } = me.player.person;
  await me.player.person.go('/settings/account');
  const coming = page.waitForEvent('download');
  await page.locator('.settings-block').filter({ hasText: 'Your data' }).getByRole('link', { name: 'Download' }).click();
  const file = await coming;
  assert.match(file.suggestedFilename(), /^kibitz-Archivist\.zip$/);
  const files = unzip(await buffer(await file.createReadStream()));
  assert.equal(JSON.parse(String(files.get('profile.json')))['name'], 'Archivist');
  const pgn = String(files.get('games.pgn'));
  assert.match(pgn, /^\[White "Archivist"\]$/m);
  assert.match(pgn, /2\. g4 .*Qh4#/s);
  const said = [...files.values()].map(String).join('\n');
  assert.doesNotMatch(said, /argon2|\$2[aby]\$/, 'no hash of a password goes out');
  for (const name of ['README.txt', 'sessions.json', 'passkeys.json', 'tokens.json', 'settings.json', 'blocks.json']) {
    assert.ok(files.has(name), `${name} is in the zip`);
  }
});

test('a closed account is gone, and its opponent keeps the game with “Closed account”', async () => {
  const [leaver, stayer] = await Promise.all([member('Leaver'), member('Stayer')]);
  const table = await quickMate(leaver, stayer);
  await archived(stayer, table);
  const { person, board } = leaver.player;
  const { page } = person;
  await person.go('/settings/account');
  await board.press('Close the account');
  const dialog = page.getByRole('dialog', { name: 'Close the account' });
  const go = dialog.getByRole('button', { name: 'Close it for ever' });
  await dialog.getByLabel('Your password, to confirm').fill(password);
  assert.ok(await go.isDisabled(), 'the name must be typed');
  await dialog.getByLabel('Type Leaver to be sure').fill('Leaver');
  await audit(page, 'closing');
  await go.click();
  await page.waitForURL((url) => url.pathname === '/');
  person.forgive(/WebSocket|Failed to load resource/);

  const { person: other, board: theirs } = stayer.player;
  await eventually(async () => {
    await other.go('/@/Stayer?tab=games');
    const row = other.page.locator('.game-row').filter({ hasText: 'Closed account' });
    await row.waitFor({ timeout: 5000 });
    assert.doesNotMatch((await row.textContent()) ?? '', /Leaver/);
  }, 40_000);
  await other.go('/@/Leaver');
  await theirs.reads(/This account is closed|There is no account/);
  other.forgive(/Failed to load resource.*404/);
});
