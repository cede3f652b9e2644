// @ts-check
/** Waiting for what becomes true some time: the machine may be slow, so no test says when. */

const EVERY = 40;

/**
 * Runs the check until it does not throw; after the time is up its last error is thrown.
 * @template T
 * @param {() => T | Promise<T>} check
 * @param {number} [within] milliseconds
 * @returns {Promise<T>}
 */
export async function eventually(check, within = 20_000) {
  const end = performance.now() + within;
  for (;;) {
    try {
      return await check();
    } catch (reason) {
      if (performance.now() > end) throw reason;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}
