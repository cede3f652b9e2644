// @ts-check
// A lone visitor, who finds somebody to play at any hour.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { stage } from './lib/stage.mjs';

const world = stage();

/** Where Debian has the engine of the strong levels. */
const engine = '/usr/games/stockfish';

/** From the lobby to a game against the house. @param {string} level @param {string} color */
async function againstHouse(level, color) {
  const player = await world().player();
  const { page } = player.person;
  await player.person.go('/');
  await player.board.press('Play a bot');
  const dialog = page.getByRole('dialog', { name: 'Create a game' });
  await dialog.getByRole('group', { name: 'Level' }).getByRole('radio', { name: level, exact: true }).check();
  await dialog.getByRole('radio', { name: color }).check();
  await dialog.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForURL(/\/g\/\w{8}$/);
  await page.locator('.strip.mine').waitFor();
  return player;
}

/** Waits until so many plies are played. @param {import('./lib/board.mjs').Board} board @param {number} count */
function plies(board, count) {
  return eventually(async () => assert.equal((await board.moves()).length, count));
}

test('a game against level 1: moves, takeback, a draw declined, resigning in two steps', async () => {
  const { person, board } = await againstHouse('1', 'White');
  const { page } = person;
  await board.reads('House level 1');
  await board.drag('a2a3');
  await plies(board, 2);
  await board.type('h3');
  await plies(board, 4);

  await board.press(/^Takeback/);
  await plies(board, 2);
  assert.equal((await board.moves())[0], 'a3');
  await board.click('h2h4');
  await plies(board, 4);

  await page.getByRole('button', { name: 'Draw' }).click();
  await page.getByRole('button', { name: 'Draw', disabled: false }).waitFor();
  await eventually(async () => assert.match(await page.locator('.vh [role=status]').innerText(), /Draw declined/));

  await board.press('Resign');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await board.press('Resign');
  await board.press('Resign now');
  await board.result.getByText('Black won by resignation').waitFor();
  await board.result.getByText('You lost').waitFor();
  await page.keyboard.press('Escape');
  await board.result.waitFor({ state: 'detached' });
});

test('the house opens when it has White', async () => {
  const { board } = await againstHouse('2', 'Black');
  await plies(board, 1);
  await board.type('a6');
  await plies(board, 3);
});

test('the strong levels play when there is an engine', { skip: existsSync(engine) ? false : `no ${engine} here` }, async () => {
  const { board } = await againstHouse('5', 'White');
  await board.reads('House level 5');
  await board.type('e4');
  await plies(board, 2);
});

test('a rematch with the house has the colours swapped', async () => {
  const { person, board } = await againstHouse('1', 'White');
  await board.type('e4');
  await plies(board, 2);
  await board.press('Resign');
  await board.press('Resign now');
  const before = person.path;
  await board.result.getByRole('button', { name: 'Rematch' }).click();
  await person.page.waitForURL((url) => url.pathname !== before);
  await person.page.locator('.game .orientation-black').waitFor();
  await plies(board, 1);
});
