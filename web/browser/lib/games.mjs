// @ts-check
/** Ready-made situations: players with a game between them, without the way through the lobby. */
import { Board } from './board.mjs';
import { Person } from './people.mjs';

/**
 * @typedef {{ person: Person, board: Board }} Player
 * @typedef {{ id: string, white: Player, black: Player }} Pair
 * @typedef {import('./people.mjs').Look & { control?: string, setup?: Record<string, unknown> }} Wish
 */

/** What every member signs in with. */
export const password = 'correct horse battery staple';

/** Where people and games come from. */
export class World {
  /** @type {Person[]} */
  #here = [];

  /** @param {import('playwright-core').Browser} browser @param {import('./server.mjs').Server} server */
  constructor(browser, server) {
    this.browser = browser;
    this.server = server;
  }

  /** One more visitor. @param {import('./people.mjs').Look} [look] @returns {Promise<Player>} */
  async player(look) {
    const person = await Person.arrive(this.browser, this.server, look);
    this.#here.push(person);
    return { person, board: new Board(person) };
  }

  /** Somebody who has an account, on the page of the lobby. @param {string} name @param {import('./people.mjs').Look} [look] */
  async member(name, look) {
    const player = await this.player(look);
    const { person } = player;
    const answer = await person.context.request.post(`${person.wire.url}/api/v1/signup`, {
      headers: { origin: person.wire.url },
      data: { name, password },
    });
    if (!answer.ok()) throw new Error(await answer.text());
    await person.go('/');
    return player;
  }

  /** A table that its maker has opened. @param {Player} maker @param {Record<string, unknown>} wish of `POST /api/v1/tables` */
  async table({ person }, wish) {
    const { request } = person.context;
    const headers = { origin: person.wire.url };
    await request.post(`${person.wire.url}/api/v1/guests`, { headers });
    const answer = await request.post(`${person.wire.url}/api/v1/tables`, {
      headers,
      data: { kind: 'chess', setup: { variant: 'standard' }, control: '5+3', color: 'white', ...wish },
    });
    if (!answer.ok()) throw new Error(await answer.text());
    /** @type {{ table: string }} */
    const { table } = await answer.json();
    await person.go(`/g/${table}`);
    return table;
  }

  /** Two who sit at a board, the second by the link. @param {Wish} [wish] @returns {Promise<Pair>} */
  async pair({ control = '5+3', setup = { variant: 'standard' }, ...look } = {}) {
    const [white, black] = await Promise.all([this.player(look), this.player(look)]);
    const id = await this.table(white, { control, setup, opponent: 'friend' });
    await black.person.go(`/g/${id}`);
    await black.board.press('Join the game');
    await Promise.all([white, black].map(({ board }) => settled(board)));
    return { id, white, black };
  }

  /** Everybody goes; a page that complained is a failure. */
  async end() {
    const here = this.#here.splice(0);
    for (const person of here) await person.leave();
  }
}

/** Waits until both seats are taken and the game is there. @param {Board} board */
async function settled({ page }) {
  await page.getByRole('region', { name: 'Waiting for your opponent' }).waitFor({ state: 'detached' });
  await page.locator('.strip.mine, .sr-board').first().waitFor();
}

/**
 * Plays moves by typing them, each seen by both.
 * @param {Pair} pair
 * @param {string} sans with spaces between, from the start
 * @param {number} [from] how many of them are played already
 */
export async function play({ white, black }, sans, from = 0) {
  const list = sans.split(' ');
  for (let ply = from; ply < list.length; ply += 1) {
    await (ply % 2 === 0 ? white : black).board.type(list[ply] ?? '');
    const so = list.slice(0, ply + 1);
    await Promise.all([white.board.sees(so), black.board.sees(so)]);
  }
}
