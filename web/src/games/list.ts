import type { Route } from '../router';

/** A game of this client: its pages. A game is added with its folder and a line below. */
export interface GameEntry {
  kind: string;
  routes: Route[];
}

export const games: readonly GameEntry[] = [
  {
    kind: 'chess',
    routes: [
      { path: '/g/:id', load: () => import('./chess/page'), skip: 'skip.game', full: true },
      { path: '/g/:id/review', load: () => import('./chess/review/page'), skip: 'skip.game', full: true },
      { path: '/analysis', load: () => import('./chess/review/boardpage'), skip: 'skip.game', full: true },
    ],
  },
];
