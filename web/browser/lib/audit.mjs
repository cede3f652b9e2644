// @ts-check
/** What every page must be: accessible, within its window, and pictured when somebody wants to look. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {import('playwright-core').Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails for what axe finds. @param {Page} page */
export async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    // @ts-expect-error axe is a global of the page
    const { violations } = await globalThis.axe.run();
    return violations.map(
      (/** @type {{ id: string, nodes: { html: string, failureSummary: string }[] }} */ { id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join(' | ')}`,
    );
  });
  assert.deepEqual(found, []);
}

/** Fails when the page can be scrolled sideways. @param {Page} page */
export async function noSideways(page) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} px wider than its window`);
}

/** Fails when one of the elements is not wholly in the window. @param {Page} page @param {string[]} selectors */
export async function inWindow(page, selectors) {
  const outside = await page.evaluate((list) => {
    const found = [];
    for (const selector of list) {
      const seen = [...document.querySelectorAll(selector)].filter((element) => element.getClientRects().length > 0);
      if (seen.length === 0) found.push(`${selector}: not there`);
      for (const element of seen) {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const sticks = left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5;
        if (sticks) found.push(`${selector}: ${[left, top, right, bottom].map(Math.round).join(' ')} in ${innerWidth}x${innerHeight}`);
      }
    }
    return found;
  }, selectors);
  assert.deepEqual(outside, []);
}

/** Takes a picture when KIBITZ_SHOTS is set: to a folder, or to where `1` means one of the system's. @param {Page} page @param {string} name */
export async function picture(page, name) {
  const wish = process.env['KIBITZ_SHOTS'];
  if (!wish) return;
  const folder = wish === '1' ? join(tmpdir(), 'kibitz-shots') : wish;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The widths of a window at which both themes are looked at; a theme changes colours only. */
const common = [1280, 390];

/** Waits until no colour is on its way to another one. @param {Page} page */
async function settled(page) {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().flatMap((each) => (each instanceof CSSTransition ? [each.finished] : []))),
  );
}

/** All of it, in the dark theme and at common widths in the light one. @param {Page} page @param {string} name */
export async function audit(page, name) {
  await noSideways(page);
  const both = common.includes(page.viewportSize()?.width ?? 0);
  for (const colorScheme of both ? /** @type {const} */ (['light', 'dark']) : /** @type {const} */ (['dark'])) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await picture(page, `${name}-${colorScheme}`);
    await accessible(page);
  }
}
