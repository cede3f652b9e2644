import { defineConfig } from 'vite';
import { delivery } from './scripts/delivery.ts';
import { engine } from './scripts/engine.ts';

const backend = process.env['KIBITZ_BACKEND'] ?? 'http://127.0.0.1:8080';

/** What every page loads, as parts of module paths. */
const shell = [
  /node_modules\/(preact|@preact)\//,
  /\/src\/(i18n|socket|wire)\//,
  /\/src\/(api|i18n|router|settings|socket|store)\.ts$/,
  /\/src\/games\/(list|loaded|\w+\/entry)\.ts$/,
  /\/src\/shell\/(header|footer|logo|outlet)\./,
  /\/src\/ui\/(icons|icon-paths|lazy|live|menu|message|shortcuts|skeleton|sound|title|toasts)\./,
];

/** What games and pages share, and what the pages about people share: few files are fetched faster than many. */
const kit = /\/src\/(control|pairing|ui\/button)\.tsx?$/;
const parts = /\/src\/ui\/(choices|more-icons|more-icon-paths|refusal|tabs|use)\.tsx?$/;
const people = /\/src\/people\/(en\.json|(api|words|my-ratings|next)\.tsx?)$/;
const lists = /\/src\/people\/(load|person|pages|load-more|outcome|score-bar)\.tsx?$/;

/** What every page that shows chess without a board to play on loads. */
const cards = /\/src\/(control-choice|games\/(lobbytab|chess\/(colormark|colormark\.en|miniboard)))\.(tsx?|json)$/;

/** What every page with a chess board loads. */
const board = [
  /node_modules\/(@lichess-org|@badrap)\//,
  /node_modules\/chessops\/dist\/esm\/(attacks|board|chess|compat|debug|fen|san|setup|squareSet|types|util)\.js/,
  /\/src\/ui\/game-icon/,
  /\/src\/games\/chess\/(ahead|clock|en|facts|material|mountboard|movetext|outcome|piece|rules|select|speech|walk)\./,
];

/** What is asked for together with a page: its style sheets, and what many pages share. Each name costs every page. */
const early = /\.css$|\/(kit|parts|people|lists|cards|board|layout|form)-/;

export default defineConfig({
  plugins: [engine(), delivery()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false, resolveDependencies: (_page, files) => files.filter((file) => early.test(file)) },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      output: {
        // The names of all chunks are in what every page loads, so they are short.
        entryFileNames: 'assets/[name]-[hash:7].js',
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
        // What every page loads is one file: it compresses better than the splinters that sharing makes of it.
        codeSplitting: {
          groups: [
            { name: 'shell', test: (id) => shell.some((part) => part.test(id)) },
            { name: 'kit', test: kit },
            { name: 'parts', test: parts },
            { name: 'people', test: people },
            { name: 'lists', test: lists },
            { name: 'cards', test: cards },
            { name: 'board', test: (id) => board.some((part) => part.test(id)) },
          ],
        },
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
