// @ts-check
/** A mail server for tests: takes every letter, and hands none on. */
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { eventually } from './eventually.mjs';

/** @typedef {{ to: string, text: string }} Letter */

export class Post {
  /** @type {Letter[]} */
  #letters = [];
  #listener = createServer((socket) => void this.#talk(socket).catch(() => socket.destroy()));

  /** Opens on a free port of this machine. */
  static async open() {
    const post = new Post();
    await new Promise((resolve) => post.#listener.listen(0, '127.0.0.1', () => resolve(undefined)));
    return post;
  }

  /** As the flag `--smtp` wants it. */
  get address() {
    const address = this.#listener.address();
    if (address === null || typeof address !== 'object') throw new Error('the post is closed');
    return `127.0.0.1:${address.port}`;
  }

  /** The last letter to an address, as soon as there is one. @param {string} to */
  letter(to) {
    return eventually(() => {
      const found = this.#letters.findLast((letter) => letter.to === to);
      if (!found) throw new Error(`no letter to ${to}`);
      return Promise.resolve(found);
    });
  }

  close() {
    return new Promise((resolve) => this.#listener.close(resolve));
  }

  /** One client, as RFC 5321 has it. @param {import('node:net').Socket} socket */
  async #talk(socket) {
    socket.write('220 post\r\n');
    let to = '';
    /** @type {string[] | null} */
    let body = null;
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (body && line !== '.') body.push(line.replace(/^\.\./, '.'));
      else if (body) {
        this.#letters.push({ to, text: plain(body.join('\n')) });
        body = null;
        socket.write('250 taken\r\n');
      } else if (/^DATA$/i.test(line)) {
        body = [];
        socket.write('354 go on\r\n');
      } else if (/^QUIT$/i.test(line)) socket.end('221 bye\r\n');
      else {
        to = /^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? to;
        socket.write('250 well\r\n');
      }
    }
  }
}

/** Quoted-printable as text. @param {string} text */
function plain(text) {
  return text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}
