// @ts-check
// A new server: who can read what it printed becomes its first administrator, and nobody after that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { password } from './lib/games.mjs';
import { stage } from './lib/stage.mjs';

const world = stage('--engine', 'none');

/** @param {import('./lib/games.mjs').Player} player @param {string} code */
async function fill({ person: { page }, board }, code) {
  await page.getByLabel('Code').fill(code);
  await page.getByLabel('User name').fill('Hostess');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await board.press('Become the administrator');
}

test('the printed code makes the first administrator, a wrong one does not, and it works once', async () => {
  const player = await world().player();
  const { person, board } = player;
  const { page } = person;
  const code = /with the code (\S+)/.exec(world().server.log)?.[1] ?? '';
  assert.notEqual(code, '', 'the server printed no code');

  await person.go('/first-run');
  await fill(player, 'WRNG-WRNG-WRNG');
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
  await audit(page, 'first-run-refused');
  person.forgive(/Failed to load resource.*40[0-9]/);
  await fill(player, code);
  await page.waitForURL((url) => url.pathname === '/');
  await person.go('/@/Hostess');
  await page.locator('.profile-head').getByText('Admin').waitFor();

  const late = await world().player();
  await late.person.go(`/first-run#${code}`);
  await late.board.reads('This server has an administrator already.');
  assert.equal(await late.person.page.getByLabel('Code').count(), 0);
  await board.reads('Hostess');
});
