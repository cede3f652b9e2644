// @ts-check
// What many games add up to: leaderboards, a history that is filtered by its address and comes in parts, and two against each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { eventually } from './lib/eventually.mjs';
import { quickMate } from './lib/quick.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = stage('--engine', 'none');

/** With so little deviation one stands on a leaderboard. */
const KNOWN = 74;
/** A leaderboard is made anew once a minute. */
const BOARD_AGE = 60_000;

/** @param {string} name @returns {Promise<import('./lib/quick.mjs').Member>} */
const member = async (name) => ({ name, player: await world().member(name) });

/** How uncertain the rating of a member still is. @param {import('./lib/quick.mjs').Member} member @returns {Promise<number>} */
async function deviation({ player: { person } }) {
  const answer = await person.context.request.get(`${person.wire.url}/api/v1/me/ratings`);
  /** @type {{ ratings: { key: string, rd: number }[] }} */
  const { ratings } = await answer.json();
  return ratings.find(({ key }) => key === 'blitz')?.rd ?? Infinity;
}

/** The rows of a history. @param {Page} page */
const rows = (page) => page.locator('.game-row');

test('two play a series: history in parts and by filters, head to head, leaderboard', async () => {
  const [ann, ben] = await Promise.all([member('Series_Ann'), member('Series_Ben')]);
  let each = 0;
  do {
    await quickMate(ann, ben);
    await quickMate(ben, ann);
    each += 1;
  } while (each < 10 || (await deviation(ben)) > KNOWN);
  await quickMate(ben, ann, { control: '10+0', rated: false });
  const { page } = ann.player.person;

  await eventually(async () => {
    await ann.player.person.go('/@/Series_Ann?tab=games');
    await rows(page).first().waitFor();
    assert.match((await page.getByRole('tab', { name: /^Games/ }).textContent()) ?? '', new RegExp(`${2 * each + 1}$`));
  });
  await inParts(page, 2 * each + 1);
  await byAddress(page);
  await headToHead(page, each);
  await leaders(page);
});

/** The first part, and the rest as its end comes into sight. @param {Page} page @param {number} all */
async function inParts(page, all) {
  assert.equal(await rows(page).count(), 20);
  await eventually(async () => {
    await page.mouse.wheel(0, 20_000);
    assert.equal(await rows(page).count(), all);
  });
  const hrefs = await page.locator('.game-open').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.equal(new Set(hrefs).size, all, 'no game twice');
  await page.locator('.game-open').last().click();
  await page.waitForURL('**/g/*');
  await page.goBack();
  await rows(page).nth(all - 1).waitFor();
  assert.ok((await page.evaluate(() => scrollY)) > 0, 'the way back leads to where the list was left');
}

/** An address with filters shows them, and changing one changes the address. @param {Page} page */
async function byAddress(page) {
  const base = new URL(page.url()).origin;
  await page.goto(`${base}/@/Series_Ann?tab=games&result=win&color=black&speed=rapid&rated=false&opponent=Series_Ben`);
  await eventually(async () => assert.equal(await rows(page).count(), 1));
  assert.equal(await page.getByLabel('Result').inputValue(), 'win');
  assert.equal(await page.getByLabel('Colour').inputValue(), 'black');
  assert.equal(await page.getByLabel('Speed').inputValue(), 'rapid');
  await page.getByLabel('Colour').selectOption('white');
  await page.getByText('No games with these filters').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('color'), 'white');
  await page.getByRole('button', { name: 'Clear' }).click();
  await eventually(async () => assert.ok((await rows(page).count()) >= 20));
  assert.equal(new URL(page.url()).search, '?tab=games');
  await page.goto(`${base}/@/Series_Ann?tab=games&from=2001-01-01&to=2001-12-31`);
  await page.getByText('No games with these filters').waitFor();
}

/** On the page of the other. Each won half of the series, and I one game more. @param {Page} page @param {number} each */
async function headToHead(page, each) {
  const base = new URL(page.url()).origin;
  await page.goto(`${base}/@/Series_Ben`);
  const both = page.getByRole('region', { name: 'You and Series_Ben' });
  await both.getByRole('img', { name: `You won ${each + 1}, drew 0 and lost ${each}` }).waitFor();
  await both.getByRole('link', { name: 'All games with Series_Ben' }).click();
  await page.waitForURL('**/@/Series_Ann?tab=games&opponent=Series_Ben');
  await rows(page).first().waitFor();
}

/** Who has played enough is ranked, and finds the own place. @param {Page} page */
async function leaders(page) {
  await page.getByRole('link', { name: 'Players', exact: true }).click();
  await page.getByRole('radio', { name: 'Blitz' }).check();
  const table = page.getByRole('table', { name: /Blitz/ });
  await eventually(async () => {
    await page.reload();
    await page.locator('.leaders-list[aria-busy=false]').waitFor();
    assert.equal(await table.getByRole('row').count(), 3);
  }, BOARD_AGE + 20_000);
  // The last game of the series decides who is ahead.
  assert.match((await table.getByRole('row').nth(1).textContent()) ?? '', /Series_Ann/);
  assert.match((await table.getByRole('row').nth(2).textContent()) ?? '', /Series_Ben/);
  await page.getByText(/^You are number 1 /).waitFor();
  await audit(page, 'leaders');
  await page.getByRole('radio', { name: 'Bullet' }).check();
  await page.getByText('Nobody has a settled rating').waitFor();
  assert.equal(new URL(page.url()).search, '?speed=bullet');
}
