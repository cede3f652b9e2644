import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** The folder in the address, with the version: what is in it never changes. src/games/chess/review/stockfish.ts knows it. */
const FOLDER = 'engine/stockfish-10.0.2';

/** What is shipped of the package, and what it must be. The fallback without WebAssembly, 1.5 MB, is left out. */
const FILES: Record<string, string> = {
  'stockfish.wasm': '45816b436eb8c180acb2c5b9fda0148101f411edbfa6bf919918e0a362eafca8',
  'stockfish.wasm.js': '064175042d8b72eb9fba8311b730f6f5cebcfec736494698d675dc433f3bd275',
  'Copying.txt': '0b383d5a63da644f628d99c33976ea6487ed89aaa59f0b3257992deac1171e6b',
};

const from = dirname(createRequire(import.meta.url).resolve('stockfish.js/package.json'));

/** A file of the engine, checked. */
function read(name: string): Buffer {
  const body = readFileSync(join(from, name));
  const sum = createHash('sha256').update(body).digest('hex');
  if (sum !== FILES[name]) throw new Error(`${join(from, name)} is not the file that was reviewed: its SHA-256 is ${sum}. Run npm ci.`);
  return body;
}

/** Copies the engine for the browser into the build, and serves it from the development server. */
export function engine(): Plugin {
  let out = 'dist';
  return {
    name: 'kibitz-engine',
    configResolved(config) {
      out = config.build.outDir;
    },
    configureServer(server) {
      server.middlewares.use(`/${FOLDER}`, (request, response, next) => {
        const name = (request.url ?? '').replace(/^\//, '').replace(/\?.*/, '');
        if (!(name in FILES)) return next();
        response.setHeader('content-type', name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
        response.end(read(name));
      });
    },
    writeBundle: {
      order: 'pre',
      sequential: true,
      handler() {
        rmSync(join(out, 'engine'), { recursive: true, force: true });
        mkdirSync(join(out, FOLDER), { recursive: true });
        for (const name of Object.keys(FILES)) {
          read(name);
          copyFileSync(join(from, name), join(out, FOLDER, name));
        }
      },
    },
  };
}
