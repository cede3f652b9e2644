import { games } from './games/list';
import type { Route } from './router';

const settings = () => import('./pages/settings/page');

function door(name: keyof typeof import('./pages/doors')): Route['load'] {
  return async () => ({ default: (await import('./pages/doors'))[name] });
}

/** Every page there is, first fit first. */
export const routes: readonly Route[] = [
  { path: '/', load: () => import('./pages/lobby/page') },
  { path: '/licences', load: () => import('./pages/licences/page') },
  { path: '/@/:name', load: () => import('./pages/profile/page') },
  { path: '/leaderboard', load: () => import('./pages/leaderboard/page') },
  { path: '/settings', load: settings },
  { path: '/settings/:part', load: settings },
  { path: '/login', load: door('Login') },
  { path: '/signup', load: door('SignUp') },
  { path: '/recover', load: door('Recover') },
  { path: '/first-run', load: door('FirstRun') },
  ...games.flatMap((game) => game.routes),
];

/** What an unknown path shows. */
export const notFound: Route = { path: '*', load: () => import('./pages/not-found/page') };
