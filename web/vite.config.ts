import { defineConfig } from 'vite';
import { delivery } from './scripts/delivery.ts';

const backend = process.env['KIBITZ_BACKEND'] ?? 'http://127.0.0.1:8080';

/** What every page loads, as parts of module paths. */
const shell = [
  /node_modules\/(preact|@preact)\//,
  /\/src\/(i18n|socket|wire)\//,
  /\/src\/(api|i18n|pairing|router|settings|socket|store)\.ts$/,
  /\/src\/shell\/(header|footer|logo|outlet)\./,
  /\/src\/ui\/(banner|icons|icon-paths|lazy|live|menu|message|shortcuts|skeleton|sound|title|toasts)\./,
];

/** What games and pages share, and what the pages about people share: few files are fetched faster than many. */
const kit = /\/src\/(control|ui\/button)\.tsx?$/;
const parts = /\/src\/ui\/(choices|color-mark|color-mark\.en|refusal|tabs|use)\.(tsx?|json)$/;
const people = /\/src\/people\/(en\.json|(api|words|load|person|pages|load-more|next|account-api)\.tsx?)$/;

export default defineConfig({
  plugins: [delivery()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      output: {
        // What every page loads is one file: it compresses better than the splinters that sharing makes of it.
        codeSplitting: { groups: [
            { name: 'shell', test: (id) => shell.some((part) => part.test(id)) },
            { name: 'kit', test: kit },
            { name: 'parts', test: parts },
            { name: 'people', test: people },
          ], },
      },
    },
  },
  server: {
    proxy: {
      '/api': backend,
      '/ws': { target: backend, ws: true },
    },
  },
});
