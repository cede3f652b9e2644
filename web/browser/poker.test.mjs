// @ts-check
// Six seats, two people and four house players: twenty hands, a reload in mid-hand, and the server killed in mid-hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { audit, inWindow, noSideways, picture } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { Person, launch } from './lib/people.mjs';
import { PokerPlayer } from './lib/poker.mjs';
import { Server } from './lib/server.mjs';

/** @type {{ browser?: import('playwright-core').Browser, server?: Server }} */
const up = {};

before(async () => {
  up.server = await Server.start('--engine', 'none');
  up.browser = await launch();
});
after(async () => {
  await up.browser?.close();
  await up.server?.stop();
});

function world() {
  if (!up.browser || !up.server) throw new Error('the world is there while tests run');
  return { browser: up.browser, server: up.server };
}

const setup = { variant: 'holdem', structure: 'no-limit', small_blind: 5, big_blind: 10, moving_button: true, min_buy_in: 400, max_buy_in: 1000, fast: true };

/** Two people and four house players at a table of six, in the middle of play. */
async function table() {
  const { browser, server } = world();
  const [wide, phone] = await Promise.all([PokerPlayer.arrive(browser, server, { size: 'wide', still: true }), PokerPlayer.arrive(browser, server, { size: 'phone', still: true })]);
  const made = /** @type {{ table: string }} */ (
    await wide.fetch('POST', 'tables', { kind: 'poker', setup, room: { seats: 6, action_seconds: 20, bank_seconds: 30, approval: false, house: 4 } })
  );
  assert.match(made.table ?? '', /^\w{8}$/, JSON.stringify(made));
  await wide.choose(made.table, 0);
  await phone.choose(made.table, 3);
  await Promise.all([wide.sit(), phone.sit()]);
  await eventually(async () => assert.equal(await wide.page.locator('.seat .plate').count(), 6), 60_000);
  assert.equal(await wide.page.locator('.seat .bot').count(), 4);
  return { id: made.table, wide, phone };
}

/** Both play until that hand is on the table. @param {PokerPlayer[]} players @param {number} until @param {number} ms */
async function playUntil(players, until, ms) {
  const end = Date.now() + ms;
  let turns = 0;
  for (;;) {
    const [first] = players;
    if (first && (await first.hand()) >= until) return turns;
    if (Date.now() > end) throw new Error(`hand ${await first?.hand()} after ${ms} ms, not ${until}`);
    for (const [i, player] of players.entries()) if (await player.act((turns + i) % 3 === 0 ? 'call' : 'fold')) turns += 1;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

/** Waits until it is somebody's turn among the two, and says whose. @param {PokerPlayer[]} players */
async function turnOf(players) {
  return eventually(async () => {
    for (const player of players) if (await player.mayAct()) return player;
    throw new Error('nobody is to act');
  }, 90_000);
}

/** The hands in the drawer, and one of them played again. @param {PokerPlayer} player */
async function lookBack({ page }) {
  const width = page.viewportSize()?.width;
  await page.locator('.tool-history').click();
  await page.locator('.hand-row').first().click();
  await audit(page, `poker-history-${width}`);
  await page.getByRole('link', { name: 'Replay' }).first().click();
  await page.locator('.replay-steps').waitFor();
  const steps = page.locator('.replay-steps li');
  await page.getByRole('button', { name: 'To the end' }).click();
  assert.equal(await page.locator('.replay-steps [aria-current="step"]').textContent(), await steps.last().textContent());
  await page.getByRole('button', { name: 'One step back' }).click();
  await audit(page, `poker-replay-${width}`);
}

test('twenty hands, a reload and a killed server', { timeout: 900_000 }, async () => {
  const { id, wide, phone } = await table();
  const both = [wide, phone];
  await playUntil(both, 2, 120_000);

  const actor = await turnOf(both);
  await noSideways(actor.page);
  await inWindow(actor.page, ['.seat .plate', '.abar .btn', '.board']);
  for (const { page } of both) await picture(page, `poker-play-${page.viewportSize()?.width}`);
  const before = await actor.sight();
  assert.equal(before.cards.length, 2);
  await actor.page.reload();
  await actor.page.locator('.act-fold').waitFor();
  const reloaded = await actor.sight();
  assert.deepEqual({ ...reloaded, seconds: 0 }, { ...before, seconds: 0 }, 'a reload changed the table');
  assert.ok((reloaded.seconds ?? 0) <= (before.seconds ?? 0), `time grew from ${before.seconds} to ${reloaded.seconds}`);

  await world().server.kill();
  await new Promise((resolve) => setTimeout(resolve, 6000));
  await world().server.run();
  await actor.page.locator('.banner-ok, .net .dot-on').first().waitFor();
  await eventually(async () => {
    const killed = await actor.sight();
    assert.deepEqual({ ...killed, seconds: 0 }, { ...before, seconds: 0 }, 'the kill changed the table');
    // The time of the outage is nobody's; what ran until the kill and since the return is seconds.
    assert.ok((killed.seconds ?? 0) >= (reloaded.seconds ?? 0) - 5, `from ${reloaded.seconds} to ${killed.seconds} seconds`);
    assert.ok((killed.seconds ?? 99) <= (reloaded.seconds ?? 0), `from ${reloaded.seconds} to ${killed.seconds} seconds`);
  }, 30_000);
  const hand = await actor.hand();
  await playUntil(both, hand + 1, 120_000);
  for (const { person } of both) person.forgive(/WebSocket|Failed to load resource/);

  await playUntil(both, 21, 600_000);
  for (const { page } of both) {
    await audit(page, `poker-after-${page.viewportSize()?.width}`);
  }
  assert.equal(new URL(wide.page.url()).pathname, `/t/${id}`);
  for (const player of both) await lookBack(player);
  await wide.leave();
  await phone.leave();
});

test('a lone visitor plays within two clicks', { timeout: 120_000 }, async () => {
  const { browser, server } = world();
  const person = await Person.arrive(browser, server, { size: 'phone', still: true });
  await person.go('/');
  await person.page.getByRole('tab', { name: 'Poker' }).click();
  await person.page.locator('.quick-seat').first().waitFor();
  await audit(person.page, 'poker-lobby-phone');
  await person.page.locator('.quick-seat').first().click();
  await person.page.locator('.seat.hero .hole .pcard').first().waitFor({ timeout: 60_000 });
  await audit(person.page, 'poker-quick-phone');
  await person.leave();
});
