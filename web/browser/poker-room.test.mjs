// @ts-check
// Rooms: an owner and the tools of one, a sit & go from the first hand to the last place, and hands from a file.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { audit, noSideways } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { launch } from './lib/people.mjs';
import { PokerPlayer } from './lib/poker.mjs';
import { Server } from './lib/server.mjs';

/** @type {{ browser?: import('playwright-core').Browser, server?: Server }} */
const up = {};

/** Everybody who came, also those whom a failed test left behind. @type {PokerPlayer[]} */
const came = [];

before(async () => {
  up.server = await Server.start('--engine', 'none');
  up.browser = await launch();
});
after(async () => {
  await Promise.allSettled(came.map(({ person }) => person.wire.close()));
  await up.browser?.close();
  await up.server?.stop();
});

/** @param {import('./lib/people.mjs').Look} look */
async function arrive(look) {
  if (!up.browser || !up.server) throw new Error('the world is there while tests run');
  const player = await PokerPlayer.arrive(up.browser, up.server, { still: true, ...look });
  came.push(player);
  return player;
}

/** Makes a table, as somebody in a browser. @param {PokerPlayer} player @param {Record<string, unknown>} setup @param {Record<string, unknown>} room @returns {Promise<string>} */
async function make(player, setup, room) {
  const made = /** @type {{ table: string }} */ (
    await player.fetch('POST', 'tables', {
      kind: 'poker',
      setup: { small_blind: 10, big_blind: 20, moving_button: true, fast: true, ...setup },
      room: { seats: 4, action_seconds: 20, bank_seconds: 30, approval: false, house: 0, ...room },
    })
  );
  assert.match(made.table ?? '', /^\w{8}$/, JSON.stringify(made));
  return made.table;
}

/** @param {PokerPlayer} player @param {string | RegExp} name */
function button(player, name) {
  return player.page.getByRole('button', { name });
}

/** The menu of the table, open. @param {PokerPlayer} player */
async function menu(player) {
  const open = button(player, 'Table menu');
  if ((await open.getAttribute('aria-expanded')) !== 'true') await open.click();
  await player.page.locator('.menu-drawer').waitFor();
}

/** What somebody has besides what is on tables. @param {PokerPlayer} player @returns {Promise<number>} */
async function chips(player) {
  return /** @type {{ chips: number }} */ (await player.fetch('GET', 'chips')).chips;
}

test('an owner lets in, pauses, hands over, and is removed', { timeout: 300_000 }, async () => {
  const [owner, friend] = await Promise.all([arrive({ size: 'wide' }), arrive({ size: 'phone' })]);
  const table = await make(owner, { min_buy_in: 400, max_buy_in: 1000 }, { approval: true });
  await owner.choose(table, 0);
  await owner.sit();

  await friend.choose(table, 2);
  await audit(friend.page, 'poker-ask-phone');
  await friend.page.getByRole('dialog').getByRole('button', { name: 'Ask to join' }).click();
  await menu(owner);
  await owner.page.getByText(/asks to join/).waitFor();
  await audit(owner.page, 'poker-host-wide');
  await button(owner, 'Let in').click();
  await owner.page.getByText(/asks to join/).waitFor({ state: 'detached' });
  await friend.page.locator('.seat.free[data-seat="2"]').click();
  await friend.sit();
  await eventually(async () => assert.ok((await owner.hand()) >= 1), 60_000);

  await menu(owner);
  await owner.page.getByLabel('Top up after each hand').click();
  const purse = await chips(owner);
  await eventually(async () => {
    await friend.act('call');
    await owner.act('fold'); // who always folds the small blind loses in the end
    assert.ok((await chips(owner)) < purse, 'what was lost was not bought back');
  }, 90_000);

  await menu(owner);
  await button(owner, 'Pause the table').click();
  await button(owner, 'Go on').waitFor();
  await eventually(async () => {
    for (const player of [owner, friend]) await player.act('fold'); // the hand that is on is played to its end
    assert.match((await friend.page.locator('.abar').textContent()) ?? '', /The table is paused/);
  }, 60_000);
  const paused = await friend.hand();
  await menu(owner);
  await button(owner, 'Go on').click();
  await eventually(async () => assert.ok((await friend.hand()) > paused), 60_000);

  await menu(owner);
  await button(owner, /^Hand over to/).click();
  await button(owner, 'Pause the table').waitFor({ state: 'detached' });
  await menu(friend);
  await button(friend, 'Pause the table').waitFor();
  await noSideways(friend.page);
  await audit(friend.page, 'poker-host-phone');
  await button(friend, /^Remove /).click();
  await eventually(async () => {
    for (const player of [owner, friend]) await player.act('fold');
    assert.equal(await owner.page.locator('.seat.hero').count(), 0, 'who was removed has a seat');
  }, 60_000);
  await owner.leave();
  await friend.leave();
});

test('a sit & go goes up, pays and ends', { timeout: 420_000 }, async () => {
  const player = await arrive({ size: 'phone' });
  const levels = [20, 40, 80, 160, 320].map((big) => ({ small_blind: big / 2, big_blind: big }));
  const table = await make(player, { stack: 300, entry: 100, payouts: [70, 30], level_hands: 2, levels }, { house: 3 });
  await player.person.go(`/t/${table}`);
  await player.page.locator('.seat.free[data-seat="0"]').click();
  await audit(player.page, 'poker-sng-enter-phone');
  await player.page.getByRole('dialog').getByRole('button', { name: 'Take the seat' }).click();
  await player.page.locator('.seat.hero').waitFor();
  assert.match((await player.page.locator('.phead').textContent()) ?? '', /10\/20/);
  let level = false;
  await eventually(async () => {
    await player.act('call');
    level ||= /20\/40/.test((await player.page.locator('.phead').textContent()) ?? '');
    await player.page.getByText(/This table is closed\./).first().waitFor({ timeout: 100 });
  }, 360_000);
  assert.ok(level, 'the blinds never went up');
  assert.match((await player.page.locator('.abar').textContent()) ?? '', /You came [1-4]/);
  await audit(player.page, 'poker-sng-over-phone');
  const { hands } = /** @type {{ hands: { winners: string[], format: string }[] }} */ (await player.fetch('GET', `tables/${table}/hands`));
  assert.ok(hands.length > 0 && hands.every((hand) => hand.format === 'sng' && hand.winners.length > 0), JSON.stringify(hands[0]));

  await fromFile(player);
  await player.leave();
});

/** The hands that were played, from a file into the replayer. @param {PokerPlayer} player */
async function fromFile(player) {
  const { page, person } = player;
  const text = await page.evaluate(async () => (await fetch('/api/v1/me/hands.phh')).text());
  await person.go('/h/file');
  const file = page.locator('input[type="file"]');
  await file.setInputFiles({ name: 'none.phh', mimeType: 'text/plain', buffer: Buffer.from('variant = [') });
  await page.locator('.imported .problem, .problem').first().waitFor();
  await file.setInputFiles({ name: 'mine.phhs', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.locator('.imported button').first().waitFor();
  await audit(page, 'poker-import-phone');
  await page.locator('.imported button').first().click();
  const steps = page.locator('.replay-steps li');
  await steps.first().waitFor();
  await button(player, 'To the end').click();
  assert.equal(await page.locator('.replay-steps [aria-current="step"]').textContent(), await steps.last().textContent());
  await audit(page, 'poker-imported-phone');
}
