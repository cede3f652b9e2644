// @ts-check
// A challenge by name: asked on a profile, answered in the lobby, and a seat that nobody else can take.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('./lib/games.mjs').Player} Player */

const world = stage('--engine', 'none');

/** Somebody with an account, in the lobby. @param {string} name @returns {Promise<Player>} */
async function member(name) {
  const player = await world().player();
  const { person } = player;
  const answer = await person.context.request.post(`${person.wire.url}/api/v1/signup`, {
    headers: { origin: person.wire.url },
    data: { name, password: 'correct horse battery staple' },
  });
  assert.ok(answer.ok(), await answer.text());
  await person.go('/');
  return player;
}

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
