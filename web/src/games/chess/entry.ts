import { daysOf } from '../../control';
import { lobby, mine } from '../../store';
import type { MyTable } from '../../wire';
import type { GameEntry } from '../entry';

const page = { skip: 'skip.game', full: true };

export const chess: GameEntry = {
  kind: 'chess',
  name: 'game.chess',
  routes: [
    { path: '/g/:id', load: () => import('./page'), ...page },
    { path: '/g/:id/review', load: () => import('./review/page'), ...page },
    { path: '/analysis', load: () => import('./review/boardpage'), ...page },
    { path: '/library', load: () => import('./library/page') },
  ],
  path: (table) => `/g/${table}`,
  past: (table) => `/g/${table}`,
  nav: [{ href: '/analysis', label: 'nav.analysis' }],
  library: { path: '/library', label: 'library.link' },
  ratings: ['ultraBullet', 'bullet', 'blitz', 'rapid', 'classical', 'correspondence', 'chess960'],
  leaders: ['bullet', 'blitz', 'rapid', 'classical', 'chess960'],
  tabs: [
    { name: 'quick', label: 'lobby.quick' },
    { name: 'open', label: 'lobby.open', count: openChallenges },
    { name: 'post', label: 'lobby.post', count: () => byPost().filter((table) => table.my_turn).length, shown: () => byPost().length > 0 },
  ],
  lobby: () => import('./lobby/lobby'),
  cards: () => import('./cards'),
  rows: () => import('./rows'),
  profile: () => import('./profile/tab').then((module) => module.ChessTab),
  settings: () => import('./options'),
  challenge: () => import('./lobby/create').then((module) => module.ChallengeDialog),
};

/** My games in which every turn has days. */
export function byPost(): MyTable[] {
  return (mine.value ?? []).filter((table) => table.kind === 'chess' && !table.invited && daysOf(table.control ?? '') > 0);
}

function openChallenges(): number {
  return lobby.value?.seeks.filter((seek) => seek.kind === 'chess').length ?? 0;
}
