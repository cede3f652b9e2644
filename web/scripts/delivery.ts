import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Go's net/http does not compress, so the build leaves a .gz and a .br next to each of these. */
const compressible = /\.(html|js|css|svg|json|txt|wasm|webmanifest)$/;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('.vite'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function compress(path: string): void {
  const body = readFileSync(path);
  writeFileSync(path + '.gz', gzipSync(body, { level: 9 }));
  writeFileSync(path + '.br', brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

/** The first 8 hex digits of a hash over every file: it changes exactly when the client does. */
function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 8);
}

function deliver(folder: string): void {
  const paths = files(folder).filter((path) => compressible.test(path));
  const build = fingerprint(paths);
  const page = join(folder, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<html ', `<html data-build="${build}" `));
  paths.forEach(compress);
  writeFileSync(join(folder, 'build.txt'), build + '\n');
  writeFileSync(join(folder, '.keep'), '');
}

/** Finishes a build for the Go binary: build.txt, the same hash in index.html, and compressed copies. */
export function delivery(): Plugin {
  let folder = 'dist';
  return {
    name: 'kibitz-delivery',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    buildStart() {
      rmSync(join(folder, 'assets'), { recursive: true, force: true });
    },
    writeBundle() {
      copyFileSync('NOTICE', join(folder, 'notice.txt'));
      deliver(folder);
    },
  };
}
