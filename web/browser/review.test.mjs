// @ts-check
// Looking back at a finished game: moves, side lines, the engine in the browser, what is stored, and what may not be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { play } from './lib/games.mjs';
import { sizes } from './lib/people.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = stage('--engine', 'none');

const MOVES = 'e4 e5 Qh5 Nc6 Bc4 Nf6 Qxf7#';

/** A game that was played to mate. */
async function finished() {
  const pair = await world().pair({ still: true });
  await play(pair, MOVES);
  await pair.black.person.page.getByRole('region', { name: 'Result' }).waitFor();
  return pair;
}

/** @param {Page} page */
async function opened(page) {
  await page.locator('.rv-moves .cur').waitFor();
}

/** The move that the board stands on. @param {Page} page */
async function current(page) {
  return (await page.locator('.rv-moves .cur').innerText()).split(/\s+(?=[+#-])/)[0];
}

/** @param {Page} page @param {string} san */
async function standsOn(page, san) {
  await eventually(async () => assert.match((await current(page)) ?? '', new RegExp(`${san.replace('+', '\\+')}$`)));
}

/** Clicks a move on the board, White at the bottom. @param {Page} page @param {string} move */
async function clicks(page, move) {
  for (const square of [move.slice(0, 2), move.slice(2)]) {
    const box = await page.locator('.review cg-board').boundingBox();
    if (!box) throw new Error('there is no board');
    const side = box.width / 8;
    const [file, rank] = ['abcdefgh'.indexOf(square.charAt(0)), Number(square.charAt(1))];
    await page.mouse.click(box.x + (file + 0.5) * side, box.y + (8 - rank + 0.5) * side);
  }
}

test('from the end of the game to its review, by keys, by links, and back', async () => {
  const { id, white } = await finished();
  const { page } = white.person;
  await page.getByRole('region', { name: 'Result' }).getByRole('link', { name: 'Review' }).click();
  await opened(page);
  assert.equal(white.person.path, `/g/${id}/review`);
  await page.locator('.rv-outcome').getByText('White won by checkmate').waitFor();
  await standsOn(page, 'Qxf7#');
  await page.keyboard.press('ArrowLeft');
  await standsOn(page, 'Nf6');
  await page.waitForURL(/#6$/);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await standsOn(page, 'e4');
  await page.goto(`${white.person.wire.url}/g/${id}/review#3`);
  await opened(page);
  await standsOn(page, 'Qh5');
  await page.keyboard.press('f');
  await page.locator('.review .orientation-black').waitFor();
  await page.getByRole('link', { name: 'To the game' }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
});

test('own moves become a line beside the game, which goes into the PGN and can be taken away', async () => {
  const { id, white } = await finished();
  const { page } = white.person;
  await white.person.go(`/g/${id}/review#4`);
  await opened(page);
  await clicks(page, 'g1f3');
  await standsOn(page, 'Nf3');
  await page.keyboard.press('Shift+ArrowLeft');
  await standsOn(page, 'Bc4');
  await page.keyboard.press('Shift+ArrowRight');
  await standsOn(page, 'Nf3');
  await page.getByRole('button', { name: 'Copy PGN' }).click();
  await page.getByText('PGN copied').waitFor();
  const pgn = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(pgn, /\(3\. Nf3\)/);
  assert.match(pgn, /\[%clk 0:0\d:\d\d/);
  assert.match(pgn, /Qxf7# .*1-0\s*$/s);
  await page.getByRole('button', { name: 'Copy FEN' }).click();
  await page.getByText('FEN copied').waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^r1bqkbnr\/pppp1ppp\/2n5\/4p2Q\/4P3\/5N2\//);
  await page.getByRole('button', { name: 'Remove this line' }).click();
  await standsOn(page, 'Nc6');
  const file = await page.request.get(`${white.person.wire.url}/api/v1/games/${id}.pgn`);
  assert.match(await file.text(), /Qxf7#/);
});

test('a player reviews the game in the browser, and everybody sees it', async () => {
  const { id, white } = await finished();
  const { page } = white.person;
  await white.person.go(`/g/${id}/review`);
  await opened(page);
  await page.getByRole('button', { name: 'Review in this browser' }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.getByText('client analysis').waitFor({ timeout: 120_000 });
  const guest = await world().player();
  await guest.person.go(`/g/${id}/review#6`);
  await opened(guest.person.page);
  await guest.person.page.getByText('client analysis').waitFor();
  await guest.person.page.locator('.rv-judgement').getByText('blunder').waitFor();
  await guest.person.page.getByRole('button', { name: /^1 blunder by Black/ }).waitFor();
  await guest.person.page.keyboard.press('v');
  await guest.person.page.locator('[aria-live=assertive]').getByText('White mates in 1 move').waitFor();
  await guest.person.page.keyboard.press('g');
  await guest.person.page.locator('[aria-live=assertive]').getByText('Best for White: queen takes f 7, checkmate').waitFor();
  await guest.person.page.getByText('Moves as a table').click();
  await guest.person.page.getByRole('row', { name: /3 Black Nf6 .* #1 blunder/ }).waitFor();
});

test('the engine thinks about the board, and not while I play', async () => {
  const { id, white, black } = await finished();
  const { page } = white.person;
  await white.person.go(`/g/${id}/review#6`);
  await opened(page);
  await page.keyboard.press('l');
  await page.locator('.rv-best li').getByText('#1').waitFor();
  await page.locator('.rv-best').getByText('4. Qxf7#').waitFor();
  await page.getByLabel('Lines to show').selectOption('3');
  await page.locator('.rv-best li').nth(2).waitFor();
  await page.locator('.review .cg-shapes line, .review .cg-shapes g').first().waitFor({ state: 'attached' });
  const other = await white.person.newTab();
  const table = await world().table(white, { opponent: 'friend' });
  await black.person.go(`/g/${table}`);
  await black.board.press('Join the game');
  await page.getByText('The engine rests while you play a game.').first().waitFor();
  assert.equal(await page.locator('.rv-best').count(), 0);
  await other.close();
});

test('a running game has no review', async () => {
  const { id, white, black } = await world().pair();
  await white.board.type('e4');
  await black.board.sees(['e4']);
  await white.person.go(`/g/${id}/review`);
  await white.person.page.getByText('Review is available after the game.').waitFor();
  assert.equal(await white.person.page.locator('.rv-engine').count(), 0);
  await white.person.page.getByRole('link', { name: 'To the game' }).click();
  await white.board.sees(['e4']);
});

test('the free board takes games and positions', async () => {
  const { person } = await world().player();
  const { page } = person;
  await person.go('/analysis');
  const field = page.getByLabel('Paste a game (PGN) or a position (FEN)');
  await field.fill('what?');
  await page.getByRole('button', { name: 'Load' }).click();
  await page.getByText('That is neither').waitFor();
  await field.fill('1. e4 { best } e5 (1... c5 2. Nf3) 2. Nf3 $1 *');
  await page.getByRole('button', { name: 'Load' }).click();
  await page.getByText('Nf3!').waitFor();
  assert.deepEqual(await page.locator('.rv-moves button').allInnerTexts(), ['e4', 'e5', '1... c5', '2. Nf3', 'Nf3!']);
  await page.getByText('best', { exact: true }).waitFor();
  await field.fill('4k3/P7/8/8/8/8/8/4K3 w - - 0 1');
  await page.getByRole('button', { name: 'Load' }).click();
  await page.getByText('No moves yet').waitFor();
  await clicks(page, 'a7a8');
  await page.getByRole('button', { name: 'knight' }).click();
  await standsOn(page, 'a8=N');
});

test('the review fits every window, and axe finds nothing', async () => {
  const { id, white } = await finished();
  const { page } = white.person;
  await white.person.go(`/g/${id}/review`);
  await opened(page);
  await page.getByRole('button', { name: 'Review in this browser' }).click();
  await page.getByText('client analysis').waitFor({ timeout: 120_000 });
  for (const size of /** @type {import('./lib/people.mjs').Size[]} */ (Object.keys(sizes))) {
    const { person } = await world().player({ size, still: true });
    for (const path of [`/g/${id}/review#6`, '/analysis']) {
      await person.go(path);
      await person.page.locator('.rv-moves').waitFor();
      if (path !== '/analysis') await person.page.getByText('client analysis').waitFor();
      await audit(person.page, `${path === '/analysis' ? 'analysis' : 'review'}-${size}`);
    }
  }
});

test('a reload finds the place again, and the server may come and go meanwhile', async () => {
  const { id, white } = await finished();
  const { page } = white.person;
  await white.person.go(`/g/${id}/review`);
  await opened(page);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await standsOn(page, 'Bc4');
  await page.waitForURL('**/review#5');
  await page.reload();
  await opened(page);
  await standsOn(page, 'Bc4');
  await world().server.kill();
  await page.keyboard.press('ArrowLeft');
  await standsOn(page, 'Nc6');
  await world().server.run();
  await page.getByText('Back online').waitFor();
  await standsOn(page, 'Nc6');
  await page.waitForURL('**/review#4');
  await page.reload();
  await opened(page);
  await standsOn(page, 'Nc6');
  await page.keyboard.press('Home');
  await page.waitForURL('**/review#0');
  await page.reload();
  await page.locator('.rv-moves').waitFor();
  assert.equal(await page.locator('.rv-moves .cur').count(), 0, 'at the start no move is current');
  for (const { person } of [white]) person.forgive(/WebSocket|Failed to load resource/);
});
