import { chess } from './chess/entry';
import { poker } from './poker/entry';
import type { GameEntry } from './entry';

/**
 * The games of this client. A game is a folder and a line below: its `entry.ts` is a `GameEntry`, which names its pages and
 * says how it looks on the pages that show all games: lobby, profile, settings, header. Those pages know no game; what they
 * ask a game for comes as lazy chunks, by `loaded.ts`. The first game is the one that is fetched together with a page.
 */
export const games: readonly [GameEntry, ...GameEntry[]] = [chess, poker];

/** The game of a kind; undefined for one that this client does not know. */
export function gameOf(kind: string): GameEntry | undefined {
  return games.find((game) => game.kind === kind);
}

/** The page of a running table; of the first game when the kind is not said or not known. */
export function pathOf(table: string, kind?: string): string {
  return (games.find((game) => game.kind === kind) ?? games[0]).path(table);
}

/** The page of a table that is over. */
export function pastOf(table: string, kind?: string): string {
  return (games.find((game) => game.kind === kind) ?? games[0]).past(table);
}

/** Whether a path is that of a table. */
export function isTable(path: string): boolean {
  return games.some((game) => path.startsWith(game.path('')));
}

/** All kinds of rating, in the order of every list. */
export const ratingKeys: readonly string[] = games.flatMap((game) => game.ratings);
