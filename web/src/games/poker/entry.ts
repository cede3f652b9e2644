import { addMessages } from '../../i18n';
import type { GameEntry } from '../entry';
import messages from './entry.en.json';

addMessages(messages);

const page = { skip: 'skip.game', full: true };

export const poker: GameEntry = {
  kind: 'poker',
  name: 'game.poker',
  routes: [
    { path: '/t/:id', load: () => import('./page'), ...page },
    { path: '/h/:id', load: () => import('./replay/page'), ...page },
  ],
  path: (table) => `/t/${table}`,
  past: (table) => `/t/${table}`,
  ratings: [],
  leaders: [],
  tabs: [{ name: 'poker', label: 'lobby.poker' }],
  lobby: () => import('./lobby/lobby'),
  cards: () => import('./cards'),
  rows: () => import('./rows'),
  profile: () => import('./profile').then((module) => module.PokerTab),
  settings: () => import('./options'),
};
