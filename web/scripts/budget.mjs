// Says what each page of the built client weighs, compressed, and fails over the limits of the UX specification.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const KB = 1024;

/** Limits in KB of gzip: JavaScript with all that is shared, and style sheets. `also` is what routes.ts fetches with the page. */
const pages = [
  { name: 'shell', entry: null, js: 22, css: 12 },
  { name: 'lobby', entry: 'src/pages/lobby/page.tsx', also: ['src/games/chess/lobby/lobby.tsx', 'src/games/chess/cards.tsx'], js: 35, css: 12 },
  { name: 'chess', entry: 'src/games/chess/page.tsx', js: 60, css: 12 },
  { name: 'profile', entry: 'src/pages/profile/page.tsx', also: ['src/games/chess/rows.tsx'], js: 40, css: 12 },
  { name: 'players', entry: 'src/pages/leaderboard/page.tsx', js: 40, css: 12 },
  { name: 'settings', entry: 'src/pages/settings/page.tsx', js: 40, css: 12 },
  { name: 'account', entry: 'src/pages/settings/account.tsx', js: 40, css: 12 },
  { name: 'reminders', entry: 'src/pages/settings/reminders.tsx', js: 40, css: 12 },
  { name: 'admin', entry: 'src/pages/admin/page.tsx', js: 40, css: 12 },
  { name: 'doors', entry: 'src/pages/doors.ts', js: 40, css: 12 },
  { name: 'review', entry: 'src/games/chess/review/page.tsx', js: 75, css: 12 },
  { name: 'analysis', entry: 'src/games/chess/review/boardpage.tsx', js: 75, css: 12 },
  { name: 'oauth', entry: 'src/pages/oauth/page.tsx', js: 40, css: 12 },
  { name: 'api', entry: 'src/pages/api/page.tsx', js: 40, css: 12 },
  { name: 'poker', entry: 'src/games/poker/page.tsx', js: 60, css: 12 },
  { name: 'replay', entry: 'src/games/poker/replay/page.tsx', js: 60, css: 12 },
  { name: 'licences', entry: 'src/pages/licences/page.tsx', js: 40, css: 12 },
];

const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

/** Everything that a page loads: its chunk, what that imports at once, and the shell. */
function collect(keys) {
  const seen = new Set();
  const queue = [...keys];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(...(manifest[key].imports ?? []));
  }
  const chunks = [...seen].map((key) => manifest[key]);
  return { js: new Set(chunks.map((chunk) => chunk.file)), css: new Set(chunks.flatMap((chunk) => chunk.css ?? [])) };
}

function weight(names) {
  let bytes = 0;
  for (const name of names) bytes += gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;
  return bytes / KB;
}

let over = false;
for (const page of pages) {
  const entries = [page.entry, ...(page.also ?? [])].filter(Boolean);
  const lost = entries.find((entry) => !manifest[entry]);
  if (lost) {
    console.error(`${page.name}: ${lost} is not in the build`);
    over = true;
    continue;
  }
  const files = collect(['index.html', ...entries]);
  const [js, css] = [weight(files.js), weight(files.css)];
  const bad = js > page.js || css > page.css;
  over ||= bad;
  const line = `${page.name.padEnd(9)} js ${js.toFixed(1).padStart(5)} / ${page.js} KB   css ${css.toFixed(1).padStart(4)} / ${page.css} KB`;
  console.log(bad ? `${line}   OVER` : line);
}
process.exit(over ? 1 : 0);
