import { signal } from '@preact/signals';
import type { GameEntry } from './entry';
import { gameOf } from './list';

/** The lazy parts of games, each fetched once. */

export interface Shelf<T> {
  /** What a game has there; null until it is here, and for a game that is not known. Asking fetches it, and tells when it came. */
  of: (kind: string) => T | null;
  /** Fetches it ahead of its use. */
  fetch: (kind: string) => Promise<void>;
}

function shelf<T>(load: (game: GameEntry) => Promise<T>): Shelf<T> {
  const here = signal<Readonly<Record<string, T>>>({});
  const asked = new Map<string, Promise<void>>();
  const start = async (kind: string) => {
    const game = gameOf(kind);
    if (!game) return;
    try {
      const found = await load(game);
      here.value = { ...here.value, [kind]: found };
    } catch (reason) {
      asked.delete(kind);
      throw reason;
    }
  };
  const fetch = (kind: string) => {
    const known = asked.get(kind) ?? start(kind);
    asked.set(kind, known);
    return known;
  };
  const of = (kind: string) => {
    const found = here.value[kind];
    if (found === undefined) fetch(kind).catch(reportError);
    return found ?? null;
  };
  return { of, fetch };
}

export const lobbies = shelf((game) => game.lobby());
export const cards = shelf((game) => game.cards());
export const rows = shelf((game) => game.rows());
export const profiles = shelf((game) => game.profile());
export const gameSettings = shelf((game) => game.settings());
