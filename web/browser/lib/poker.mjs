// @ts-check
/** Somebody at a poker table in a browser, who sees and does what a player does. */
import assert from 'node:assert/strict';
import { Person } from './people.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** What is on the table, as one person sees it. @typedef {{ hand: string, cards: string[], board: string[], pot: string, stacks: string[], turn: string | null, seconds: number | null }} Sight */

export class PokerPlayer {
  /** @param {Person} person */
  constructor(person) {
    this.person = person;
  }

  get page() {
    return this.person.page;
  }

  /** Comes, as a guest who has chips. @param {import('playwright-core').Browser} browser @param {import('./server.mjs').Server} server @param {import('./people.mjs').Look} look */
  static async arrive(browser, server, look) {
    const player = new PokerPlayer(await Person.arrive(browser, server, look));
    await player.person.go('/');
    await player.fetch('POST', 'guests');
    return player;
  }

  /** A request with this person's session. @param {string} method @param {string} path @param {unknown} [body] */
  async fetch(method, path, body) {
    return this.page.evaluate(
      async ([how, where, what]) => {
        const response = await fetch(`/api/v1/${where}`, {
          method: String(how),
          headers: { 'content-type': 'application/json' },
          ...(what !== null && { body: JSON.stringify(what) }),
        });
        return response.json();
      },
      [method, path, body ?? null],
    );
  }

  /** Goes to a table and chooses a seat, without taking it yet. @param {string} table @param {number} seat */
  async choose(table, seat) {
    await this.person.go(`/t/${table}`);
    await this.page.locator(`.seat.free[data-seat="${seat}"]`).click();
    await this.page.getByRole('dialog').getByRole('button', { name: /^Sit down with/ }).waitFor();
  }

  /** Takes the seat that was chosen. */
  async sit() {
    await this.page.getByRole('dialog').getByRole('button', { name: /^Sit down with/ }).click();
    await this.page.locator('.seat.hero').waitFor();
  }

  /** What this person sees now. @returns {Promise<Sight>} */
  sight() {
    return this.page.evaluate(() => {
      /** @param {string} selector */
      const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent ?? '');
      /** @param {string} selector */
      const names = (selector) => [...document.querySelectorAll(selector)].map((element) => element.getAttribute('aria-label') ?? '');
      const turn = document.querySelector('.seat.turn');
      const digits = /\d+/.exec(document.querySelector('.timer-text')?.textContent ?? '');
      return {
        hand: texts('.tool-label')[0] ?? '',
        cards: names('.seat.hero .hole .pcard'),
        board: names('.board svg.pcard'),
        pot: texts('.pots').join(),
        stacks: texts('.plate-stack'),
        turn: turn?.getAttribute('data-seat') ?? null,
        seconds: digits ? Number(digits[0]) : null,
      };
    });
  }

  /** The number of the hand on the table. */
  async hand() {
    return Number((await this.sight()).hand.replace(/\D/g, ''));
  }

  /** Whether the buttons of the own turn are there. */
  async mayAct() {
    return this.page.locator('.act-call:enabled, .act-fold:enabled').first().isVisible();
  }

  /** Acts if it is this person's turn: checks what is free, and else as told. @param {'call' | 'fold'} wish */
  async act(wish) {
    if (!(await this.mayAct())) return false;
    const free = this.page.locator('.act-call:enabled', { hasText: 'Check' });
    const button = (await free.count()) > 0 || wish === 'call' ? this.page.locator('.act-call:enabled') : this.page.locator('.act-fold:enabled');
    await button.first().click({ timeout: 2000 }).catch(() => undefined); // the clock may have been faster
    return true;
  }

  async leave() {
    await this.person.leave();
  }
}

/** The same picture for both readers, but for their own cards. @param {Sight} a @param {Sight} b */
export function same(a, b) {
  assert.deepEqual({ board: a.board, pot: a.pot, hand: a.hand }, { board: b.board, pot: b.pot, hand: b.hand });
}
