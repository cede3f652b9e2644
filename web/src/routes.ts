import { games } from './games/list';
import type { Route } from './router';

/** Every page there is, first fit first. */
export const routes: readonly Route[] = [
  { path: '/', load: () => import('./pages/lobby/page') },
  { path: '/licences', load: () => import('./pages/licences/page') },
  ...games.flatMap((game) => game.routes),
];

/** What an unknown path shows. */
export const notFound: Route = { path: '*', load: () => import('./pages/not-found/page') };
