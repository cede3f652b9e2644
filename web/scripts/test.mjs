// Bundles every src/**/*.test.ts with the build's own bundler and hands the bundles to node's test runner.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'node_modules', '.test');
const wanted = process.argv.slice(2);

const tests = readdirSync(join(root, 'src'), { recursive: true })
  .map((name) => join('src', String(name)))
  .filter((name) => /\.test\.tsx?$/.test(name) && wanted.every((word) => name.includes(word)));
if (tests.length === 0) throw new Error('no tests found');

rmSync(out, { recursive: true, force: true });
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  resolve: { alias: [{ find: /^.*\.css$/, replacement: join(root, 'scripts', 'no-css.mjs') }] },
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: Object.fromEntries(tests.map((name) => [relative('src', name).replace(/\.tsx?$/, ''), join(root, name)])),
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});

const files = readdirSync(out, { recursive: true })
  .map((name) => join(out, String(name)))
  .filter((name) => name.endsWith('.test.mjs'));
const run = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit', cwd: root });
process.exit(run.status ?? 1);
