// @ts-check
// The board and what goes with it: promotion, premoves, looking back, turning round, moves by word and by key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { play } from './lib/games.mjs';
import { stage } from './lib/stage.mjs';

const world = stage('--engine', 'none');

/** White is about to promote on two squares. */
const promotion = { variant: 'fen', fen: '1n2k3/P7/8/8/8/8/7p/4K3 w - - 0 1' };

/** A pair at a position. @param {{ fen: string }} setup @param {Record<string, unknown>} [settings] */
function at({ fen }, settings) {
  return world().pair({ setup: { variant: 'standard', fen }, ...(settings && { settings }) });
}

test('a promotion is chosen by key or by click, and can be left', async () => {
  const { white, black } = await at(promotion);
  const column = white.person.page.getByRole('dialog', { name: 'Promote to' });
  await white.board.drag('a7a8');
  await column.waitFor();
  await white.person.page.keyboard.press('Escape');
  await column.waitFor({ state: 'detached' });
  assert.ok((await white.board.pieces()).includes('a7 white pawn'));

  await white.board.click('a7a8');
  await column.waitFor();
  const corner = await white.board.middle('h1');
  await white.person.page.mouse.click(corner.x, corner.y);
  await column.waitFor({ state: 'detached' });
  assert.deepEqual(await white.board.moves(), []);

  await white.board.drag('a7b8');
  await column.waitFor();
  await white.person.page.keyboard.press('n');
  await black.board.sees(['axb8=N']);
  await black.board.drag('h2h1');
  await black.person.page.getByRole('button', { name: 'rook' }).click();
  await white.board.sees(['axb8=N', 'h1=R+']);
  await white.board.isMarked('check', ['e1']);
});

test('always a queen, when that is set', async () => {
  const { white, black } = await at(promotion, { alwaysQueen: true });
  await white.board.drag('a7b8');
  await black.board.sees(['axb8=Q+']);
});

test('a premove is cancelled by the right button, by Escape, and by a click; one that became illegal is dropped', async () => {
  const { white, black } = await world().pair();
  await white.board.type('e4');
  await black.board.sees(['e4']);
  await black.board.type('e5');
  await black.board.sees(['e4', 'e5']);
  const { board, person } = black;
  const ways = [
    async () => person.page.mouse.click((await board.middle('d5')).x, (await board.middle('d5')).y, { button: 'right' }),
    () => person.page.keyboard.press('Escape'),
    async () => person.page.mouse.click((await board.middle('d7')).x, (await board.middle('d7')).y),
  ];
  await person.page.getByLabel('Type a move or a command').blur();
  for (const cancel of ways) {
    await board.click('d7d6');
    await board.isMarked('current-premove', ['d6', 'd7']);
    await cancel();
    await board.isMarked('current-premove', []);
    await person.page.keyboard.press('Escape');
  }
  await board.drag('d7e6');
  await board.isMarked('current-premove', ['d7', 'e6']);
  await white.board.type('Nf3');
  await board.sees(['e4', 'e5', 'Nf3']);
  await board.isMarked('current-premove', []);
  await board.type('d6');
  await white.board.sees(['e4', 'e5', 'Nf3', 'd6']);
});

test('a move that is none snaps back; in check, from the start on, the king flashes', async () => {
  const { white } = await at({ fen: '4k3/8/8/8/8/8/4r3/4K2R w K - 0 1' });
  const before = await white.board.pieces();
  await white.board.isMarked('check', ['e1']);
  await white.board.drag('h1h3');
  await white.person.page.locator('.game .flash-a').waitFor();
  await eventually(async () => assert.deepEqual(await white.board.pieces(), before));
  assert.deepEqual(await white.board.moves(), []);
});

test('a typed move that is illegal is answered; commands are heard', async () => {
  const { white } = await world().pair();
  const said = white.person.page.locator('.move-said');
  for (const [line, answer] of [
    ['Qh8', 'Illegal move: Qh8'],
    ['c', /[45] minutes/],
    ['p N', /b ?1.*g ?1/i],
    ['resign', 'Type resign again to resign.'],
  ]) {
    await white.board.type(String(line));
    await said.filter({ hasText: answer ?? '' }).waitFor();
  }
  assert.deepEqual(await white.board.moves(), []);
});

test('looking back: keys, wheel, amber frame, and the way back to live', async () => {
  const pair = await world().pair();
  const { white, black } = pair;
  await play(pair, 'e4 e5 Nf3 Nc6');
  const { page } = black.person;
  const frame = page.locator('.board-box.past');
  await page.getByLabel('Type a move or a command').blur();
  await page.keyboard.press('Home');
  await frame.waitFor();
  await eventually(async () => assert.ok((await black.board.pieces()).includes('e2 white pawn')));
  await page.keyboard.press('ArrowRight');
  await eventually(async () => assert.ok((await black.board.pieces()).includes('e4 white pawn')));
  assert.equal(await page.getByRole('button', { name: 'e4' }).getAttribute('aria-current'), 'step');
  await white.board.type('Bb5');
  await black.board.sees(['e4', 'e5', 'Nf3', 'Nc6', 'Bb5']);
  await frame.waitFor({ state: 'detached' });

  await page.keyboard.press('ArrowLeft');
  await frame.waitFor();
  await black.board.press('Back to live');
  await frame.waitFor({ state: 'detached' });
  const { x, y } = await black.board.middle('e4');
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -100);
  await frame.waitFor();
  await page.keyboard.press('End');
  await frame.waitFor({ state: 'detached' });
});

test('the board turns round, and zen mode leaves board and clocks', async () => {
  const { white } = await world().pair();
  const { page } = white.person;
  await page.keyboard.press('f');
  await page.locator('.game .orientation-black').waitFor();
  await white.board.press('Turn the board');
  await page.locator('.game .orientation-white').waitFor();
  await page.keyboard.press('z');
  await page.getByRole('region', { name: 'Moves' }).waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('timer').first().isVisible(), true);
  assert.equal(await page.getByRole('banner').isVisible(), false);
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Moves' }).waitFor();
});

test('screen-reader mode: a game by keys alone on the grid', async () => {
  const { white, black } = await world().pair();
  const { page } = white.person;
  await page.getByRole('button', { name: 'Screen-reader mode on' }).focus();
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: 'Board' });
  await grid.waitFor();
  await grid.locator('#sq-e2').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await black.board.sees(['e4']);
  await black.board.type('d5');
  const urgent = page.locator('.vh [role=alert]');
  await eventually(async () => assert.match(await urgent.innerText(), /played d 5\. You have [45] minutes/));
  await page.getByText('Your turn', { exact: true }).waitFor();

  await grid.locator('#sq-e4').focus();
  await page.keyboard.press('m');
  await eventually(async () => assert.match(await urgent.innerText(), /d ?5.*e ?5|e ?5.*d ?5/));
  for (const king of ['sq-e8', 'sq-e1']) {
    await page.keyboard.press('k');
    assert.equal(await page.evaluate(() => document.activeElement?.id), king);
  }
  await page.keyboard.press('i');
  await page.keyboard.type('exd5');
  await page.keyboard.press('Enter');
  await black.board.sees(['e4', 'd5', 'exd5']);
});
