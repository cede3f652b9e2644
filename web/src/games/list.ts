import type { Route } from '../router';

/** A game of this client: its pages. A game is added with its folder and a line below. */
export interface GameEntry {
  kind: string;
  routes: Route[];
}

export const games: readonly GameEntry[] = [
  { kind: 'chess', routes: [{ path: '/g/:id', load: () => import('./chess/page'), skip: 'skip.game', full: true }] },
];
