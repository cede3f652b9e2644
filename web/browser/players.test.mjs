// @ts-check
// What players do besides moving: offers, claims, chat, other tabs and those who watch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { play } from './lib/games.mjs';
import { stage } from './lib/stage.mjs';

const world = stage('--engine', 'none');

test('a draw is offered, declined, offered again and accepted', async () => {
  const pair = await world().pair();
  const { white, black } = pair;
  await play(pair, 'e4 e5');
  await white.board.press('Draw');
  await white.person.page.getByRole('button', { name: 'Offered. Withdraw the draw offer' }).waitFor();
  const asked = black.person.page.getByRole('group', { name: 'Draw?' });
  await asked.getByRole('button', { name: 'Decline' }).click();
  await white.person.page.getByRole('button', { name: 'Draw', exact: true, disabled: false }).waitFor();
  await play(pair, 'e4 e5 Nf3 Nc6', 2);
  await black.board.press('Draw');
  await white.person.page.getByRole('group', { name: 'Draw?' }).getByRole('button', { name: 'Accept' }).click();
  for (const { board } of [white, black]) await board.result.getByText('Draw by agreement').waitFor();
});

test('a takeback is asked for and granted', async () => {
  const pair = await world().pair();
  const { white, black } = pair;
  await play(pair, 'e4 e5');
  await black.board.press('Takeback');
  await white.person.page.getByRole('group', { name: 'Takeback?' }).getByRole('button', { name: 'Accept' }).click();
  await black.board.sees(['e4']);
  await black.board.type('c5');
  await white.board.sees(['e4', 'c5']);
});

test('before the second move a game is aborted, not lost', async () => {
  const pair = await world().pair();
  await play(pair, 'e4');
  await pair.black.board.press('Abort');
  for (const { board } of [pair.white, pair.black]) {
    await board.result.getByText('Game aborted').waitFor();
    assert.equal(await board.result.getByText(/You (won|lost)/).count(), 0);
  }
});

test('who stays may claim the game of who has left', async () => {
  const pair = await world().pair();
  const { white, black } = pair;
  await play(pair, 'e4 e5 Nf3 Nc6');
  await black.person.page.goto('about:blank');
  await white.board.reads(/leaves in/i);
  await white.board.press('Claim victory');
  await white.board.result.getByText('White won as the opponent left').waitFor();
});

test('time is given to the opponent', async () => {
  const pair = await world().pair({ control: '5+0' });
  const { white, black } = pair;
  await play(pair, 'e4 e5');
  const before = await black.board.clock('mine');
  await white.board.press('Give 15 seconds');
  await eventually(async () => assert.ok((await black.board.clock('mine')) > before + 10_000));
});

test('the link of a game is copied on a page without HTTPS, too', async () => {
  const host = await world().player();
  await host.person.context.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await world().table(host, { opponent: 'friend' });
  await host.board.press('Copy');
  await host.board.reads('Copied');
});

test('a word of the chat arrives', async () => {
  const { white, black } = await world().pair();
  await white.board.press('GL');
  await black.person.page.getByRole('log').getByText('Good luck').waitFor();
});

test('a second tab takes the seat, and the first may take it back', async () => {
  const pair = await world().pair();
  const { white, black, id } = pair;
  const first = white.person.page;
  const second = await white.person.newTab();
  await white.person.go(`/g/${id}`);
  await first.getByText('You opened this game in another tab').waitFor();
  await white.board.type('e4');
  await black.board.sees(['e4']);
  await first.getByRole('region', { name: 'Moves' }).getByRole('button', { name: 'e4' }).waitFor();

  await first.bringToFront();
  await first.getByRole('button', { name: 'Play here' }).click();
  await second.getByText('You opened this game in another tab').waitFor();
  await black.board.type('e5');
  white.person.page = first;
  await white.board.sees(['e4', 'e5']);
  await white.board.drag('g1f3');
  await black.board.sees(['e4', 'e5', 'Nf3']);
});

test('somebody watches: sees the moves, is counted, and cannot move', async () => {
  const pair = await world().pair();
  const watcher = await world().player();
  await watcher.person.go(`/g/${pair.id}`);
  await watcher.board.reads('You are watching');
  await pair.white.person.page.getByText('1 watching').waitFor({ state: 'attached' });
  await play(pair, 'e4 e5');
  await watcher.board.sees(['e4', 'e5']);
  await watcher.board.drag('g1f3');
  assert.deepEqual(await watcher.board.moves(), ['e4', 'e5']);
  assert.equal(await watcher.person.page.getByLabel('Type a move or a command').count(), 0);

  const lobby = await world().player();
  await lobby.person.go('/');
  await lobby.person.page.getByRole('link', { name: /Guest-.*Guest-/ }).first().click();
  await lobby.board.sees(['e4', 'e5']);
});

test('a clock that runs out ends the game', async () => {
  const pair = await world().pair({ control: '0+3' });
  await play(pair, 'e4 e5');
  for (const { board } of [pair.white, pair.black]) await board.result.getByText('Black won on time').waitFor();
  assert.equal(await pair.white.board.clock('mine'), 0);
});
