// @ts-check
// A challenge by name: asked on a profile, answered in the lobby, and a seat that nobody else can take.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('./lib/games.mjs').Player} Player */

const world = stage('--engine', 'none');

/** @param {string} name */
const member = (name) => world().member(name);

/** Challenges from the page of who is asked. @param {Player} player @param {string} name @returns {Promise<string>} the path of the table */
async function challenge({ person, board }, name) {
  const { page } = person;
  await person.go(`/@/${name}`);
  await page.getByRole('button', { name: 'Challenge', exact: true }).click();
  await board.press('Send the challenge');
  await page.waitForURL('**/g/*');
  return new URL(page.url()).pathname;
}

test('who is challenged accepts in the lobby, and nobody else gets the seat', async () => {
  const [anna, bert, cora] = await Promise.all([member('Anna'), member('Bert'), world().player()]);
  const path = await challenge(anna, 'Bert');
  await anna.board.reads('The seat is kept for Bert.');
  await cora.person.go(path);
  await cora.board.reads('The seat is kept for Bert.');
  assert.equal(await cora.person.page.getByRole('button', { name: 'Join the game' }).count(), 0);
  await bert.board.reads('Anna challenges you');
  await audit(bert.person.page, 'challenge');
  await bert.board.press('Accept the challenge of Anna');
  await bert.person.page.waitForURL(`**${path}`);
  for (const { person } of [anna, bert, cora]) {
    await person.page.getByRole('region', { name: 'Waiting for your opponent' }).waitFor({ state: 'detached' });
  }
});

test('who declines is left alone, and the other hears it', async () => {
  const [dora, emil] = await Promise.all([member('Dora'), member('Emil')]);
  await challenge(dora, 'Emil');
  await emil.board.press('Decline the challenge of Dora');
  await emil.person.page.getByText('Dora challenges you').waitFor({ state: 'detached' });
  await dora.board.reads('This game will not take place.');
});

test('who opens the table may decline there', async () => {
  const [fritz, greta] = await Promise.all([member('Fritz'), member('Greta')]);
  const path = await challenge(fritz, 'Greta');
  await greta.person.go(path);
  await audit(greta.person.page, 'invited-by-name');
  await greta.person.page.getByRole('region', { name: 'Waiting for your opponent' }).getByRole('button', { name: 'Decline' }).click();
  await greta.person.page.waitForURL((url) => url.pathname === '/');
  await fritz.board.reads('This game will not take place.');
});

test('a challenge is told on any page, in its title and its icon, and answered there', async () => {
  const [hanna, ivan] = await Promise.all([member('Hanna'), member('Ivan')]);
  const { page } = ivan.person;
  await ivan.person.go('/settings/appearance');
  await page.getByRole('heading', { name: 'Appearance' }).waitFor();
  const path = await challenge(hanna, 'Ivan');
  const note = page.getByRole('status').filter({ hasText: 'Hanna challenges you' });
  await note.waitFor();
  await audit(page, 'challenge-note');
  assert.match(await page.title(), /^Hanna challenges you - /);
  const icon = page.locator('link[rel=icon]');
  await eventually(async () => assert.match((await icon.getAttribute('href')) ?? '', /^data:image\/svg/));
  await note.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`**${path}`);
  for (const { person } of [hanna, ivan]) await person.page.locator('.strip.mine').waitFor();
  await note.waitFor({ state: 'detached' });
});

test('a note that is closed does not come again, and one that is declined tells the other', async () => {
  const [jana, karl] = await Promise.all([member('Jana'), member('Karl')]);
  const { page } = karl.person;
  await karl.person.go('/leaderboard');
  await challenge(jana, 'Karl');
  const note = page.getByRole('status').filter({ hasText: 'Jana challenges you' });
  await note.getByRole('button', { name: 'Close' }).click();
  await note.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Licences' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await note.count(), 0);
  assert.match(await page.title(), /^Jana challenges you - /);
  await page.getByRole('link', { name: 'Play', exact: true }).click();
  await karl.board.press('Decline the challenge of Jana');
  await jana.board.reads('This game will not take place.');
  await eventually(async () => assert.doesNotMatch(await page.title(), /challenges/));
});
