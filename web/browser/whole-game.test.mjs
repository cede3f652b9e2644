// @ts-check
// A whole game between two browsers, from the link to the rematch, through everything that may happen on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('./lib/games.mjs').Player} Player */
/** @typedef {{ t: import('node:test').TestContext, white: Player, black: Player, path: string, done: string[] }} Story */

const world = stage('--engine', 'none');

/** Morphy against the Duke of Brunswick and Count Isouard, Paris 1858. */
const opera =
  'e4 e5 Nf3 d6 d4 Bg4 dxe5 Bxf3 Qxf3 dxe5 Bc4 Nf6 Qb3 Qe7 Nc3 c6 Bg5 b5 Nxb5 cxb5 Bxb5+ Nbd7 O-O-O Rd8 Rxd7 Rxd7 Rd1 Qe6 Bxd7+ Nxd7 Qb8+ Nxb8 Rd8#'.split(' ');

/** The time that a server of this program is down in the middle, at least. */
const DOWN = 1000;

test('a whole game: link, every way to move, a reload, a pulled cable, a dead server, mate and rematch', async (t) => {
  const [white, black] = await Promise.all([world().player(), world().player()]);
  const story = { t, white, black, path: await meet(white, black), done: [] };
  await opening(story);
  await reload(story);
  await opponentMovesMeanwhile(story);
  await ownMoveMeanwhile(story);
  await middle(story);
  await deadServer(story);
  await finish(story);
  await rematch(story);
});

/** Makes a game by the dialog, hands the link over, and joins. @param {Player} white @param {Player} black */
async function meet(white, black) {
  await white.person.go('/');
  await white.board.press('Play with a friend');
  const dialog = white.person.page.getByRole('dialog', { name: 'Create a game' });
  await dialog.getByRole('radio', { name: /^Friend/ }).waitFor();
  assert.equal(await dialog.getByRole('radio', { name: /^Friend/ }).isChecked(), true);
  await dialog.getByRole('spinbutton', { name: 'Minutes for each side' }).fill('10');
  await dialog.getByRole('spinbutton', { name: 'Seconds for each move' }).fill('0');
  await dialog.getByRole('radio', { name: 'White' }).check();
  await dialog.getByRole('button', { name: 'Get the link' }).click();
  const waiting = white.person.page.getByRole('region', { name: 'Waiting for your opponent' });
  await waiting.getByRole('button', { name: 'Copy' }).click();
  await waiting.getByRole('button', { name: 'Copied' }).waitFor();
  const link = await white.person.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, white.person.page.url());

  const path = new URL(link).pathname;
  assert.match(path, /^\/g\/\w{8}$/);
  await black.person.go(path);
  await black.board.reads(/invites you to a game/);
  await black.board.reads('You play black');
  await black.board.reads(/10\+0/);
  await black.board.press('Join the game');
  await waiting.waitFor({ state: 'detached' });
  await black.person.page.locator('.strip.mine').waitFor();
  return path;
}

/** The next ply of the game was made: both see it. @param {Story} story */
async function next({ white, black, done }) {
  done.push(opera[done.length] ?? '');
  await Promise.all([white.board.sees(done), black.board.sees(done)]);
}

/** Drag, clicks, premove, typed moves, keyboard alone. @param {Story} story */
async function opening(story) {
  const { white, black } = story;
  await white.board.drag('e2e4');
  await next(story);
  await black.board.isMarked('last-move', ['e2', 'e4']);
  await black.board.click('e7e5');
  await next(story);
  await white.board.type('Nf3');
  await next(story);
  await black.board.drag('d7d6');
  await next(story);

  await black.board.drag('c8g4');
  await black.board.isMarked('current-premove', ['c8', 'g4']);
  assert.deepEqual(await black.board.moves(), story.done, 'a premove is no move yet');
  await white.board.click('d2d4');
  story.done.push('d4');
  await next(story);
  await black.board.isMarked('current-premove', []);

  await white.board.keys('d4e5');
  await next(story);
  await black.board.click('g4f3');
  await next(story);
  await white.board.drag('d1f3');
  await next(story);
  await black.board.keys('dxe5');
  await next(story);
  await white.board.type('bc4');
  await next(story);
  await black.board.click('g8f6');
  await next(story);
}

/** A page that is loaded anew goes on where it was. @param {Story} story */
async function reload(story) {
  const { white, done } = story;
  const before = await white.board.pieces();
  await white.person.page.reload();
  await white.board.sees(done);
  await eventually(async () => assert.deepEqual(await white.board.pieces(), before));
  await white.board.drag('f3b3');
  await next(story);
  await story.black.board.type('Qe7');
  await next(story);
}

const lost = 'Reconnecting… your clock keeps running.';

/** The cable of Black is out for 10 s; White moves meanwhile. @param {Story} story */
async function opponentMovesMeanwhile(story) {
  const { white, black, done } = story;
  const out = black.person.page.waitForTimeout(10_000);
  black.person.wire.cut();
  await white.board.type('Nc3');
  done.push('Nc3');
  await white.board.sees(done);
  await black.board.reads(lost);
  assert.deepEqual(await black.board.moves(), done.slice(0, -1), 'nothing comes through');
  await out;
  black.person.wire.mend();
  await black.board.sees(done);
  await gone(black);
  black.person.forgive(/WebSocket/);
}

/** The cable of Black is out; Black moves, and the move goes out when it is back. @param {Story} story */
async function ownMoveMeanwhile(story) {
  const { white, black, done } = story;
  black.person.wire.cut();
  await black.board.reads(lost);
  await black.board.drag('c7c6');
  await black.board.isMarked('unsent', ['c6']);
  assert.equal(await black.person.page.evaluate(unsentOpacity), '0.6');
  assert.deepEqual(await white.board.moves(), done);
  black.person.wire.mend();
  await next(story);
  await black.board.isMarked('unsent', []);
  await gone(black);
  black.person.forgive(/WebSocket/);
}

/** Runs in the page. */
function unsentOpacity() {
  /** @type {NodeListOf<HTMLElement & { cgKey: string }>} */
  const pieces = document.querySelectorAll('.game cg-board piece');
  return [...pieces].find((piece) => piece.cgKey === 'c6')?.style.opacity;
}

/** The banner goes. @param {Player} player */
async function gone({ person }) {
  await person.page.getByText(lost).waitFor({ state: 'detached' });
}

/** Castling in writing, and pieces taken in all ways. @param {Story} story */
async function middle(story) {
  const { white, black } = story;
  await white.board.drag('c1g5');
  await next(story);
  await black.board.click('b7b5');
  await next(story);
  await white.board.click('c3b5');
  await next(story);
  await black.board.drag('c6b5');
  await next(story);
  await white.board.drag('c4b5');
  await next(story);
  await black.board.isMarked('check', ['e8']);
  await black.board.type('Nbd7');
  await next(story);
  await white.board.type('O-O-O');
  await next(story);
  assert.ok((await black.board.pieces()).includes('c1 white king'));
  assert.ok((await black.board.pieces()).includes('d1 white rook'));
}

/** The server dies without a word and comes back: both pages go on by themselves. @param {Story} story */
async function deadServer(story) {
  const { t, white, black, done } = story;
  const { server } = world();
  const before = await faces(white);
  const diedAt = performance.now();
  await server.kill();
  await Promise.all([white.board.reads(lost), black.board.reads(lost)]);
  await white.person.page.waitForTimeout(Math.max(0, DOWN - (performance.now() - diedAt)));
  await server.run();
  const backAt = performance.now();
  await Promise.all([gone(white), gone(black)]);
  const took = performance.now() - backAt;
  t.diagnostic(`both were back ${Math.round(took)} ms after the server`);
  assert.ok(took < 3000, `back within 3 s, not ${Math.round(took)} ms`);
  await Promise.all([white.board.sees(done), black.board.sees(done)]);

  const after = await faces(white);
  const down = performance.now() - diedAt;
  assert.equal(after.white, before.white, 'the clock that stood shows what it showed');
  assert.ok(after.black <= before.black && after.black >= before.black - down - 1000, `${before.black} -> ${after.black}`);
  for (const { person } of [white, black]) person.forgive(/WebSocket|ERR_CONNECTION|Failed to load resource/);
  await black.board.click('a8d8');
  await next(story);
}

/** What both clocks show, as White sees them. @param {Player} white */
async function faces({ board }) {
  return { white: await board.clock('mine'), black: await board.clock('theirs') };
}

/** The last moves, and how the end looks. @param {Story} story */
async function finish(story) {
  const { white, black, done } = story;
  while (done.length < opera.length) {
    await (done.length % 2 === 0 ? white : black).board.type(opera[done.length] ?? '');
    await next(story);
  }
  for (const [{ board }, own] of /** @type {[Player, string][]} */ ([[white, 'You won'], [black, 'You lost']])) {
    await board.result.getByText(own).waitFor();
    await board.result.getByText('White won by checkmate').waitFor();
    await board.result.getByText('1–0').waitFor();
  }
  const clocks = await faces(white);
  await white.person.page.reload();
  await white.board.sees(opera);
  assert.deepEqual(await faces(white), clocks, 'the clocks of a finished game stand');
}

/** Both want one more: with the colours swapped. @param {Story} story */
async function rematch({ white, black, path }) {
  await white.board.result.getByRole('button', { name: 'Rematch' }).click();
  await white.board.result.getByRole('button', { name: 'Rematch offered' }).waitFor();
  await black.board.result.getByRole('button', { name: 'Accept rematch' }).click();
  const elsewhere = (/** @type {URL} */ url) => /^\/g\/\w{8}$/.test(url.pathname) && url.pathname !== path;
  await Promise.all([white, black].map(({ person }) => person.page.waitForURL(elsewhere)));
  assert.equal(white.person.path, black.person.path);
  await white.person.page.locator('.game .orientation-black').waitFor();
  await black.person.page.locator('.game .orientation-white').waitFor();
  await black.board.type('d4');
  await white.board.sees(['d4']);
}
