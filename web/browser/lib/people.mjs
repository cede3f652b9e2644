// @ts-check
/** Visitors: each with a browser profile, a cable and a list of what went wrong in their pages. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Wire } from './wire.mjs';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The four shapes of screens of the specification. */
export const sizes = {
  wide: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
  short: { width: 844, height: 390 },
};

/** @typedef {keyof typeof sizes} Size */
/** How somebody looks at the pages; `still` asks for no motion. @typedef {{ size?: Size, still?: boolean, settings?: Record<string, unknown> }} Look */

/** Debian's Chromium, or the one that KIBITZ_CHROMIUM names. */
export function launch() {
  const executablePath = process.env['KIBITZ_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`no ${executablePath}: install chromium, or name yours in KIBITZ_CHROMIUM`);
  return chromium.launch({ executablePath, args: flags });
}

/** One visitor. */
export class Person {
  /** What the pages complained of. @type {string[]} */
  faults = [];

  /** @param {import('playwright-core').BrowserContext} context @param {Wire} wire */
  constructor(context, wire) {
    this.context = context;
    this.wire = wire;
    /** The tab in use. @type {import('playwright-core').Page} */
    this.page = /** @type {never} */ (null);
  }

  /**
   * @param {import('playwright-core').Browser} browser
   * @param {import('./server.mjs').Server} server
   * @param {Look} [look]
   */
  static async arrive(browser, server, { size = 'wide', still = false, settings } = {}) {
    const wire = await Wire.to(server.port);
    const touch = size !== 'wide';
    const context = await browser.newContext({
      viewport: sizes[size],
      colorScheme: 'dark',
      reducedMotion: still ? 'reduce' : 'no-preference',
      hasTouch: touch,
      isMobile: touch,
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(20_000);
    if (settings) await context.addInitScript(remember, JSON.stringify(settings));
    const person = new Person(context, wire);
    await person.newTab();
    return person;
  }

  /** Opens one more tab, which is then the one in use. */
  async newTab() {
    const page = await this.context.newPage();
    page.on('pageerror', (error) => this.faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.wire.url) && !/^(data|blob):/.test(url)) this.faults.push(`request to elsewhere: ${url}`);
    });
    this.page = page;
    return page;
  }

  /** @param {string} path */
  async go(path) {
    await this.page.goto(this.wire.url + path);
  }

  /** The path of the page that is open. */
  get path() {
    return new URL(this.page.url()).pathname;
  }

  /** Strikes from the list what the test itself caused. @param {RegExp} expected */
  forgive(expected) {
    this.faults = this.faults.filter((fault) => !expected.test(fault));
  }

  /** Goes away; it is a failure when a page had complained. */
  async leave() {
    await this.context.close();
    await this.wire.close();
    assert.deepEqual(this.faults, [], 'the page complained');
  }
}

/** Runs in the page, before anything of it. @param {string} settings */
function remember(settings) {
  if (localStorage.getItem('kibitz.settings') === null) localStorage.setItem('kibitz.settings', settings);
}
