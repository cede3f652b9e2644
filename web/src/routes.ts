import { games } from './games/list';
import { cards, lobbies, rows } from './games/loaded';
import type { Shelf } from './games/loaded';
import type { PageModule, Route } from './router';

const settings = () => import('./pages/settings/page');
const admin = ['/admin', '/admin/:part', '/admin/:part/:name'];

function door(name: keyof typeof import('./pages/doors')): Route['load'] {
  return async () => ({ default: (await import('./pages/doors'))[name] });
}

/** A page that shows games comes together with what it asks the first of them for. */
function gamePage(load: () => Promise<PageModule>, ...shelves: Shelf<unknown>[]): Route['load'] {
  return async () => (await Promise.all([load(), ...shelves.map((shelf) => shelf.fetch(games[0].kind))]))[0];
}

/** Every page there is, first fit first. */
export const routes: readonly Route[] = [
  { path: '/', load: gamePage(() => import('./pages/lobby/page'), lobbies, cards) },
  { path: '/licences', load: () => import('./pages/licences/page') },
  { path: '/@/:name', load: gamePage(() => import('./pages/profile/page'), rows) },
  { path: '/leaderboard', load: () => import('./pages/leaderboard/page') },
  { path: '/settings', load: settings },
  { path: '/settings/:part', load: settings },
  ...admin.map((path) => ({ path, load: () => import('./pages/admin/page') })),
  { path: '/login', load: door('Login') },
  { path: '/signup', load: door('SignUp') },
  { path: '/recover', load: door('Recover') },
  { path: '/account/oauth/token/create', load: () => import('./pages/settings/newtoken') },
  { path: '/oauth', load: () => import('./pages/oauth/page') },
  { path: '/api', load: () => import('./pages/api/page') },
  { path: '/first-run', load: door('FirstRun') },
  ...games.flatMap((game) => game.routes),
];

/** What an unknown path shows. */
export const notFound: Route = { path: '*', load: () => import('./pages/not-found/page') };
