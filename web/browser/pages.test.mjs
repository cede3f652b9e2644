// @ts-check
// Every page, at four sizes, in two themes: nothing sticks out, nothing complains, and axe finds nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from './lib/audit.mjs';
import { sizes } from './lib/people.mjs';
import { stage } from './lib/stage.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = stage('--engine', 'none');

/** What a page is shown with: where, what to wait for, and what to open on it. */
const routes = [
  { name: 'lobby', path: '/', ready: '.tile' },
  { name: 'challenges', path: '/', ready: '.tile', open: openChallenges },
  { name: 'create', path: '/', ready: '.tile', open: openCreate },
  { name: 'menu', path: '/', ready: '.tile', open: openMenu },
  { name: 'login', path: '/login', ready: '.form-go' },
  { name: 'lost-password', path: '/login', ready: '.form-go', open: openLost },
  { name: 'signup', path: '/signup', ready: '.form-go' },
  { name: 'first-run', path: '/first-run', ready: 'h1' },
  { name: 'players', path: '/leaderboard', ready: '.leaders-list .empty' },
  { name: 'settings', path: '/settings', ready: '.settings-board' },
  { name: 'accessibility', path: '/settings/accessibility', ready: '.toggle' },
  { name: 'guest-account', path: '/settings/account', ready: '.settings-part .btn-primary' },
  { name: 'unknown-player', path: '/@/nobody-here', ready: '.message' },
  { name: 'api', path: '/api', ready: 'table' },
  { name: 'guest-oauth', path: '/oauth?client_id=board', ready: '.btn-primary' },
  { name: 'licences', path: '/licences', ready: 'h3' },
  { name: 'not-found', path: '/nothing-here', ready: '.message' },
  { name: 'unknown-game', path: '/g/nothing0', ready: '.message' },
];

/** @param {Page} page */
async function openChallenges(page) {
  await page.getByRole('tab', { name: /Challenges/ }).click();
  await page.getByText('No open challenges').waitFor();
}

/** @param {Page} page */
async function openCreate(page) {
  await page.getByRole('button', { name: 'Create a game' }).click();
  await page.getByRole('radio', { name: /^Bot/ }).check();
  await page.getByRole('group', { name: 'Level' }).waitFor();
}

/** @param {Page} page */
async function openLost(page) {
  await page.getByRole('button', { name: 'Password lost?' }).click();
  await page.getByRole('heading', { name: 'With a recovery code' }).waitFor();
}

/** @param {Page} page */
async function openMenu(page) {
  await page.locator('.menu-button:visible').last().click();
  await page.locator('.menu-section').first().waitFor();
}

for (const size of /** @type {import('./lib/people.mjs').Size[]} */ (Object.keys(sizes))) {
  test(`every page without a game, ${size}`, async () => {
    const { person } = await world().player({ size, still: true });
    for (const { name, path, ready, open } of routes) {
      await person.go(path);
      await person.page.locator(ready).first().waitFor();
      await open?.(person.page);
      assert.equal(await person.page.locator('h1').count(), 1, 'one h1');
      assert.notEqual(await person.page.title(), '');
      await audit(person.page, `${name}-${size}`);
    }
    person.forgive(/Failed to load resource.*404/);
  });
}
