// @ts-check
// Games from elsewhere: a file with broken games in it, what is wrong with each, the library, a review, and taking it back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { sizes } from './lib/people.mjs';
import { stage } from './lib/stage.mjs';

const world = stage('--engine', 'none');

/** @param {string} white @param {string} result @param {string} moves */
const game = (white, result, moves) => `[Event "Club"]
[Site "Elsewhere"]
[Date "2019.05.0${white.length}"]
[White "${white}"]
[Black "Bea"]
[Result "${result}"]

${moves} ${result}
`;

const PGN = [
  game('Al', '0-1', '1. f3 e5 2. g4 Qh4#'),
  game('Bo2', '1-0', '1. e4 e5 2. Ke3'),
  game('Cy', '1/2-1/2', '1. d4 d5 2. c4 c6'),
  game('Al', '0-1', '1. f3 e5 2. g4 Qh4#'),
  game('Dee', '*', '1. e4 c5 2. Zf3'),
].join('\n');

/** @param {import('playwright-core').Page} page @param {string} name @param {Buffer} buffer */
async function choose(page, name, buffer) {
  await page.getByLabel('File of PGN').setInputFiles({ name, mimeType: 'application/x-chess-pgn', buffer });
}

test('a guest is shown the way to an account', async () => {
  const { person } = await world().player();
  await person.go('/library');
  await person.page.getByRole('link', { name: 'Create an account' }).waitFor();
  assert.equal(await person.page.getByLabel('File of PGN').count(), 0);
});

test('a file is imported, its bad games are named, its good ones are reviewed, and it is taken back', async () => {
  const { person, board } = await world().member('Librarian');
  const { page } = person;
  await person.go('/@/Librarian?tab=games');
  await page.getByRole('link', { name: 'Import games from elsewhere' }).click();
  await board.reads('No games yet. Import a file');
  await choose(page, 'club.pgn', Buffer.from(PGN));
  await board.press('Import');
  const row = page.getByRole('listitem').filter({ hasText: '2 added' });
  await row.getByText(/1 was there already · 2 refused/).waitFor();
  const wrong = row.getByRole('listitem');
  assert.match((await wrong.nth(0).textContent()) ?? '', /^Game 2, line 10: .*Ke3/);
  assert.match((await wrong.nth(1).textContent()) ?? '', /^Game 5, line \d+: .*Zf3/);

  const games = page.getByRole('region', { name: 'Games' }).getByRole('link');
  await games.nth(1).waitFor();
  assert.equal(await games.count(), 2);
  for (const size of /** @type {(keyof typeof sizes)[]} */ (Object.keys(sizes))) {
    await page.setViewportSize(sizes[size]);
    await audit(page, `library-${size}`);
  }
  await games.filter({ hasText: 'Al' }).click();
  await page.waitForURL('**/review');
  await page.locator('.rv-outcome').getByText('Black won by checkmate').waitFor();

  await page.goBack();
  await row.getByRole('button', { name: 'Remove' }).click();
  await row.getByRole('button', { name: 'Remove with its games' }).click();
  await board.reads('No games yet. Import a file');
});

test('what is no PGN at all, and what is too large, is said', async () => {
  const { person, board } = await world().member('Clumsy');
  const { page } = person;
  await person.go('/library');
  await choose(page, 'large.pgn', Buffer.alloc(20 * 1024 * 1024 + 1, ' '));
  await board.reads('This file is over 20 MB');
  assert.ok(await page.getByRole('button', { name: 'Import' }).isDisabled());
  await choose(page, 'picture.pgn', Buffer.from('GIF89a nothing to see here'));
  await board.press('Import');
  await page.getByRole('listitem').filter({ hasText: '0 added' }).first().waitFor();
});
