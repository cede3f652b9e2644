// @ts-check
/** What each file of tests stands on: a browser, a server, and people who leave after each test. */
import { after, afterEach, before } from 'node:test';
import { World } from './games.mjs';
import { launch } from './people.mjs';
import { Server } from './server.mjs';

/** Sets a file of tests up. The answer gives its world once tests run. @param {...string} options flags of `kibitz serve` */
export function stage(...options) {
  /** @type {World | null} */
  let world = null;
  before(async () => {
    const [browser, server] = await Promise.all([launch(), Server.start(...options)]);
    world = new World(browser, server);
  });
  afterEach(() => world?.end());
  after(async () => {
    await world?.browser.close();
    await world?.server.stop();
  });
  return () => {
    if (!world) throw new Error('the world is there while tests run');
    return world;
  };
}
