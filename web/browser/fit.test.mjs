// @ts-check
// The page of a game at four sizes and in two themes, in every state: all of it in the window, and the board never moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit, inWindow } from './lib/audit.mjs';
import { sizes } from './lib/people.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('./lib/games.mjs').Player} Player */

const world = stage('--engine', 'none');

/** What a player needs at hand without scrolling. */
const essentials = ['.game cg-board', '.clock', '.strip', '.moves', '.bar .btn'];

/** Looks at the page of one player in one state. @param {Player} player @param {string} name @param {Box} [first] */
async function look({ person, board }, name, first) {
  await inWindow(person.page, essentials);
  if (first) assert.deepEqual(await board.box(), first, `the board moved: ${name}`);
  await audit(person.page, name);
}

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

for (const size of /** @type {import('./lib/people.mjs').Size[]} */ (Object.keys(sizes))) {
  test(`a game, ${size}`, async () => {
    const [white, black] = await Promise.all([world().player({ size, still: true }), world().player({ size, still: true })]);
    const id = await world().table(white, { opponent: 'friend' });
    await white.person.page.getByRole('region', { name: 'Waiting for your opponent' }).waitFor();
    const box = await white.board.box();
    await look(white, `waiting-${size}`, box);
    await black.person.go(`/g/${id}`);
    await black.person.page.getByRole('button', { name: 'Join the game' }).waitFor();
    await audit(black.person.page, `invited-${size}`);
    await black.board.press('Join the game');
    await script({ id, white, black }, size, box);
  });
}

test('screen-reader mode', async () => {
  const { white } = await world().pair({ size: 'phone', still: true, settings: { screenReader: true } });
  await white.person.page.getByRole('grid', { name: 'Board' }).waitFor();
  await audit(white.person.page, 'reader-phone');
});

test('what lies over the page: promotion, an older position, the chat, another tab, a lost server', async () => {
  const setup = { variant: 'standard', fen: '1n2k3/P7/8/8/8/8/7p/4K3 w - - 0 1' };
  const { id, white, black } = await world().pair({ size: 'phone', still: true, setup });
  const { page } = white.person;
  const box = await white.board.box();
  await white.board.tap('a7b8');
  await page.getByRole('dialog', { name: 'Promote to' }).waitFor();
  await look(white, 'promotion-phone', box);
  await page.getByRole('button', { name: 'rook' }).tap();
  await black.board.sees(['axb8=R+']);
  await page.getByRole('button', { name: 'Back one move' }).tap();
  await page.getByRole('button', { name: 'Back to live' }).waitFor();
  await look(white, 'past-phone', box);
  await page.getByRole('button', { name: 'Back to live' }).tap();
  await page.getByRole('button', { name: 'Chat' }).tap();
  await page.getByRole('region', { name: 'Chat' }).waitFor();
  await audit(page, 'chat-phone');
  await page.getByRole('region', { name: 'Chat' }).getByRole('button', { name: 'Close' }).tap();

  await black.person.newTab();
  await black.person.go(`/g/${id}`);
  const [first] = black.person.context.pages();
  await first?.getByRole('button', { name: 'Play here' }).waitFor();
  if (first) await audit(first, 'replaced-phone');

  await world().server.kill();
  await white.board.reads('Reconnecting…');
  await look(white, 'lost-phone', box);
  await world().server.run();
  await white.board.reads('Back online');
  for (const { person } of [white, black]) person.forgive(/WebSocket|Failed to load resource/);
});

/** All that may appear around the board, and the board stays where it is. @param {import('./lib/games.mjs').Pair} pair @param {import('./lib/people.mjs').Size} size @param {Box} box */
async function script(pair, size, box) {
  const { white, black } = pair;
  await black.person.page.locator('.strip.mine').waitFor();
  await look(white, `first-move-${size}`, box);
  await moves(pair, size === 'wide' ? 'drag' : 'tap');
  await look(white, `playing-${size}`, box);
  if (size !== 'small') await inWindow(white.person.page, ['.move-input input']);
  await white.person.page.keyboard.press('ArrowLeft');
  const back = white.person.page.getByRole('button', { name: 'Back to live' });
  await back.waitFor();
  await look(white, `past-${size}`, box);
  await back.click();

  await black.board.press('Draw');
  const offer = white.person.page.getByRole('group', { name: 'Draw?' });
  await offer.waitFor();
  await look(white, `draw-offered-${size}`, box);
  await look(black, `draw-offering-${size}`);
  await offer.getByRole('button', { name: 'Decline' }).click();
  await offer.waitFor({ state: 'detached' });

  await white.person.page.keyboard.press('Escape');
  await white.person.page.getByRole('button', { name: 'Resign' }).click();
  await white.person.page.getByRole('button', { name: 'Resign now' }).waitFor();
  await look(white, `resigning-${size}`, box);
  await white.person.page.getByRole('button', { name: 'Resign now' }).click();
  await white.board.result.waitFor();
  await look(white, `ended-${size}`, box);
  await black.board.result.getByRole('button', { name: 'Rematch' }).click();
  await white.board.result.getByRole('button', { name: 'Accept rematch' }).waitFor();
  await look(white, `rematch-${size}`, box);
}

/** A queen for a pawn, by hand or by finger. @param {import('./lib/games.mjs').Pair} pair @param {'drag' | 'tap'} how */
async function moves({ white, black }, how) {
  const done = [];
  for (const [move, san] of [['e2e4', 'e4'], ['d7d5', 'd5'], ['e4d5', 'exd5'], ['d8d5', 'Qxd5'], ['b1c3', 'Nc3'], ['d5d4', 'Qd4']]) {
    await (done.length % 2 === 0 ? white : black).board[how](move ?? '');
    done.push(san ?? '');
    await Promise.all([white.board.sees(done), black.board.sees(done)]);
  }
}
