// @ts-check
/** What each file of tests stands on: a browser, a server, and people who leave after each test. */
import { after, afterEach, before } from 'node:test';
import { World } from './games.mjs';
import { launch } from './people.mjs';
import { Server } from './server.mjs';

/** Sets a file of tests up. The answer gives its world once tests run. @param {...string} options flags of `kibitz serve` */
export function stage(...options) {
  /** @type {{ browser?: import('playwright-core').Browser, server?: Server, world?: World }} */
  const up = {};
  before(async () => {
    up.server = await Server.start(...options);
    up.browser = await launch();
    up.world = new World(up.browser, up.server);
  });
  afterEach(() => up.world?.end());
  after(async () => {
    await up.browser?.close();
    await up.server?.stop();
  });
  return () => {
    if (!up.world) throw new Error('the world is there while tests run');
    return up.world;
  };
}
