// @ts-check
/** The server under test: the real program on a free loopback port, with a data folder that goes with it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.mjs';

const program = process.env['KIBITZ_BIN'] ?? fileURLToPath(new URL('../../../bin/kibitz', import.meta.url));

/** Below the ports that systems give to outgoing connections, so that a server finds its port free when it comes back. */
const [LOWEST, HIGHEST] = [20_000, 32_000];

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function freePort() {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

/** One running `kibitz serve`. It can be killed the hard way and started again on the same port and data. */
export class Server {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  #log = '';

  /** @param {number} port @param {string} data @param {string[]} options */
  constructor(port, data, options) {
    this.port = port;
    this.data = data;
    this.options = options;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** A new server with an empty data folder. @param {...string} options further flags of `kibitz serve` */
  static async start(...options) {
    if (!existsSync(program)) throw new Error(`no ${program}: run make build first`);
    const data = mkdtempSync(join(tmpdir(), 'kibitz-browser-'));
    const server = new Server(await freePort(), data, options);
    await server.run();
    return server;
  }

  /** Starts the program, and comes back when it takes players. */
  async run() {
    const args = ['serve', '--listen', `127.0.0.1:${this.port}`, '--data', this.data, '--guests-per-minute', '-1'];
    const child = spawn(program, [...args, ...this.options], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.#log += chunk));
    this.#child = child;
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${this.#log}`);
      const { status } = await fetch(`${this.url}/readyz`);
      if (status !== 200) throw new Error(`/readyz says ${status}`);
    });
  }

  /** What the program has written so far. */
  get log() {
    return this.#log;
  }

  /** Ends the program as a power cut would: without asking. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Ends the program and removes its data. What it wrote to its log is shown when it complained. */
  async stop() {
    await this.#end('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
    if (/panic|level=ERROR/.test(this.#log)) throw new Error(`the server complained:\n${this.#log}`);
  }

  /** @param {NodeJS.Signals} signal */
  async #end(signal) {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(hard);
  }
}
