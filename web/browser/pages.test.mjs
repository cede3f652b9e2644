// Every page, at four sizes and in two themes: nothing sticks out, nothing fails, and axe finds nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { base, launch, overflow, sizes, themes, violations, visitor } from './setup.mjs';

let browser;
before(async () => void (browser = await launch()));
after(() => browser?.close());

/** What a page is shown with: where, and what to wait for. */
const routes = [
  { name: 'lobby', path: '/', ready: '.tile' },
  { name: 'challenges', path: '/', ready: '.tile', open: (page) => page.getByRole('tab', { name: /Challenges/ }).click() },
  { name: 'create a game', path: '/', ready: '.tile', open: openCreate },
  { name: 'menu', path: '/', ready: '.tile', open: openMenu },
  { name: 'licences', path: '/licences', ready: 'h3' },
  { name: 'not found', path: '/nothing-here', ready: '.message' },
  { name: 'unknown game', path: '/g/nothing0', ready: '.message' },
];

async function openCreate(page) {
  await page.getByRole('button', { name: 'Create a game' }).click();
  await page.getByRole('radio', { name: /Bot/ }).check();
  await page.getByRole('group', { name: 'Level' }).waitFor();
}

async function openMenu(page) {
  await page.locator('.menu-button:visible').last().click();
  await page.locator('.menu-section').first().waitFor();
}

for (const size of Object.keys(sizes)) {
  for (const theme of themes) {
    for (const { name, path, ready, open } of routes) {
      test(`${name}, ${size}, ${theme}`, async () => {
        const { context, page, faults } = await visitor(browser, { size, theme });
        await page.goto(base + path);
        await page.waitForSelector(ready);
        await open?.(page);
        assert.equal(await page.locator('h1').count(), 1, 'one h1');
        assert.notEqual(await page.title(), '');
        assert.equal(await overflow(page), 0, 'px wider than the window');
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(faults, []);
        await context.close();
      });
    }
  }
}
