// What the browser tests share: the browser of the system, the server under test, the four sizes and two themes.
import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The server under test; it must serve a built client. */
export const base = process.env.KIBITZ_URL ?? 'http://127.0.0.1:8080';

export const sizes = {
  wide: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
  short: { width: 844, height: 390 },
};

export const themes = ['dark', 'light'];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** CHROMIUM, or the first of the usual names on the PATH. */
function browserPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  for (const place of places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // The next one.
    }
  }
  throw new Error('no Chromium found: install it, or say where it is with CHROMIUM=/path');
}

const quiet =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export function launch() {
  return chromium.launch({ executablePath: browserPath(), args: quiet.split(' ') });
}

/** A new visitor, with what went wrong in their page. */
export async function visitor(browser, { size = 'wide', theme = 'dark' } = {}) {
  const touch = size !== 'wide';
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: theme, hasTouch: touch, isMobile: touch });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  return { context, page, faults };
}

/** The violations of WCAG that axe finds, one line each. */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  });
}

/** How many CSS px the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}
