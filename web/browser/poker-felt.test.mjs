// @ts-check
// The felt with 2 to 10 seats at four sizes of screens, without a server: nothing lies over anything else, and all of it is seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { audit, noSideways, picture } from './lib/audit.mjs';
import { launch, sizes } from './lib/people.mjs';

/** @typedef {import('./lib/people.mjs').Size} Size */
/** @typedef {{ url: string, stop: () => Promise<void> }} Stories */

/** @type {{ stories?: Stories, browser?: import('playwright-core').Browser }} */
const up = {};

/** The page of stories comes from the development server of the build tool: what is shipped does not have it. */
async function serveStories() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-stories',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await vite.listen();
  const address = vite.httpServer?.address();
  const port = address !== null && typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}/browser/story/poker.html`, stop: () => vite.close() };
}

before(async () => {
  up.stories = await serveStories();
  up.browser = await launch();
});
after(async () => {
  await up.browser?.close();
  await up.stories?.stop();
});

/** Shows stories one after the other in one page. @param {Size} size @param {(show: (query: string) => Promise<void>, page: import('playwright-core').Page) => Promise<void>} look */
async function stories(size, look) {
  const { stories: served, browser } = up;
  if (!served || !browser) throw new Error('the stories are there while tests run');
  const page = await browser.newPage({ viewport: sizes[size], reducedMotion: 'reduce', colorScheme: 'dark' });
  /** @type {string[]} */
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(served.url);
  await page.locator('.mid').waitFor();
  await look(async (query) => {
    // @ts-expect-error the page of stories has it
    await page.evaluate((wish) => globalThis.showStory(wish), query);
    await page.locator(`[data-story="${query}"] .mid`).waitFor();
  }, page);
  assert.deepEqual(faults, []);
  await page.close();
}

/** Runs in the page: what lies over what, and what is cut off. */
function collisions() {
  /** @type {{ name: string, seat: string, kind: string, box: DOMRect }[]} */
  const found = [];
  /** @param {Element} element @param {string} kind @param {string} seat */
  const add = (element, kind, seat) => {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && getComputedStyle(element).visibility !== 'hidden') found.push({ name: `${kind} ${seat}`, seat, kind, box });
  };
  for (const seat of document.querySelectorAll('.seat[data-seat], .seat.free')) {
    const n = /** @type {HTMLElement} */ (seat).dataset['seat'] ?? 'shut';
    if (seat.classList.contains('free')) add(seat, 'free', n);
    for (const card of seat.querySelectorAll('.hole .pcard')) add(card, 'card', n);
    for (const plate of seat.querySelectorAll('.plate')) add(plate, 'plate', n);
    for (const made of seat.querySelectorAll('.made')) add(made, 'made', n);
    for (const button of seat.querySelectorAll('.dealer')) add(button, 'dealer', n);
  }
  for (const bet of document.querySelectorAll('.bet')) add(bet, 'bet', `of ${/** @type {HTMLElement} */ (bet).dataset['bet']}`);
  for (const pot of document.querySelectorAll('.pot:not(.none)')) add(pot, 'pot', 'middle');
  for (const card of document.querySelectorAll('.board .pcard')) add(card, 'board', 'middle');
  const faults = [];
  for (const [i, a] of found.entries()) {
    for (const b of found.slice(i + 1)) {
      if (a.seat === b.seat) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (wide > 1 && high > 1) faults.push(`${a.name} and ${b.name} by ${Math.round(wide)}x${Math.round(high)}`);
    }
  }
  const felt = document.querySelector('.felt-in')?.getBoundingClientRect();
  if (!felt) return ['no felt'];
  for (const { name, box } of found) {
    const out = Math.max(felt.left - box.left, felt.top - box.top, box.right - felt.right, box.bottom - felt.bottom);
    if (out > 1) faults.push(`${name} is cut by ${Math.round(out)}`);
  }
  for (const card of document.querySelectorAll('.seat:not(.hero) .hole.open .pcard:not(.back)')) {
    const seat = card.closest('.seat');
    const { top, bottom, height } = card.getBoundingClientRect();
    const over = [...(seat?.querySelectorAll('.plate, .tag-said') ?? [])].map((one) => one.getBoundingClientRect()).filter((box) => box.height > 0);
    const free = Math.min(bottom, ...over.map((box) => box.top)) - top;
    if (free < height * 0.75) faults.push(`an open card of ${seat?.getAttribute('data-seat')} shows only ${Math.round(free)} of ${Math.round(height)} px`);
  }
  for (const element of document.querySelectorAll('.abar .btn, .abar .field, .phead .btn, .ptab')) {
    const box = element.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1) faults.push(`${element.textContent || element.className} is off the screen`);
    if (element.matches('.abar-row .btn') && element.scrollWidth > element.clientWidth + 1) faults.push(`${element.textContent} does not fit its button`);
  }
  return faults;
}

const counts = [2, 3, 4, 5, 6, 7, 8, 9, 10];
const all = /** @type {Size[]} */ (Object.keys(sizes));

for (const size of all) {
  test(`2 to 10 seats, ${size}`, () =>
    stories(size, async (show, page) => {
      /** @type {Record<string, string[]>} */
      const faults = {};
      for (const seats of counts) {
        for (const query of [`seats=${seats}&scenario=turn`, `seats=${seats}&scenario=all-in&variant=omaha`]) {
          await show(query);
          await noSideways(page);
          await picture(page, `felt-${size}-${query.replace(/[^\w-]+/g, '-')}`);
          const bad = await page.evaluate(collisions);
          if (bad.length > 0) faults[query] = bad;
        }
      }
      assert.deepEqual(faults, {});
    }));

  test(`every state, ${size}`, () =>
    stories(size, async (show, page) => {
      /** @type {Record<string, string[]>} */
      const faults = {};
      for (const scenario of ['check', 'ahead', 'showdown', 'twice', 'waiting', 'visitor', 'asked', 'out']) {
        const query = `seats=6&scenario=${scenario}`;
        await show(query);
        const bad = await page.evaluate(collisions);
        if (bad.length > 0) faults[query] = bad;
        await audit(page, `felt-${size}-${scenario}`);
      }
      assert.deepEqual(faults, {});
    }));

  test(`what opens over the table, ${size}`, () =>
    stories(size, async (show, page) => {
      for (const open of ['sizing', 'sit', 'menu', 'chat', 'history', 'keys', 'buy']) {
        await show(`seats=6&scenario=${open === 'sit' ? 'visitor' : 'turn'}&open=${open}`);
        if (open !== 'sizing') await page.locator('.drawer, dialog[open]').waitFor();
        await audit(page, `felt-${size}-open-${open}`);
      }
    }));
}
