// @ts-check
/** A network cable between one browser and the server, which can be pulled and put back. */
import { connect, createServer } from 'node:net';

/**
 * Passes bytes between browser and server. While it is cut nothing passes, and nobody is told: open connections hang, new
 * ones hang too. Mended, everything that hung goes on, as TCP does.
 */
export class Wire {
  #cut = false;
  /** @type {Set<{ near: import('node:net').Socket, far: import('node:net').Socket | null }>} */
  #pairs = new Set();
  /** @type {import('node:net').Server} */
  #listener;

  /** @param {number} target the port of the server */
  constructor(target) {
    this.target = target;
    this.url = '';
    this.#listener = createServer({ pauseOnConnect: true }, (near) => this.#accept(near));
  }

  /** @param {number} target */
  static async to(target) {
    const wire = new Wire(target);
    await new Promise((resolve) => wire.#listener.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = wire.#listener.address();
    wire.url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
    return wire;
  }

  /** Pulls the cable. */
  cut() {
    this.#cut = true;
    for (const { near, far } of this.#pairs) {
      near.unpipe();
      far?.unpipe();
      near.pause();
      far?.pause();
    }
  }

  /** Puts the cable back. */
  mend() {
    this.#cut = false;
    for (const pair of this.#pairs) this.#join(pair);
  }

  async close() {
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far?.destroy();
    }
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  /** @param {import('node:net').Socket} near */
  #accept(near) {
    /** @type {{ near: import('node:net').Socket, far: import('node:net').Socket | null }} */
    const pair = { near, far: null };
    this.#pairs.add(pair);
    near.on('error', () => near.destroy());
    near.on('close', () => {
      this.#pairs.delete(pair);
      pair.far?.destroy();
    });
    if (!this.#cut) this.#join(pair);
  }

  /** @param {{ near: import('node:net').Socket, far: import('node:net').Socket | null }} pair */
  #join(pair) {
    const { near } = pair;
    const far = (pair.far ??= this.#dial(near));
    near.pipe(far);
    far.pipe(near);
  }

  /** @param {import('node:net').Socket} near */
  #dial(near) {
    const far = connect(this.target, '127.0.0.1');
    far.setNoDelay(true);
    near.setNoDelay(true);
    far.on('error', () => near.destroy());
    far.on('close', () => this.#cut || near.destroySoon());
    return far;
  }
}
