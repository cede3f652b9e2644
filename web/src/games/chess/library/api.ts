import { call } from '../../../api';
import { search } from '../../../people/api';
import type { GamePlayer } from '../../../people/api';

/** Games that were played elsewhere (docs/api.md, "Import"). Every call rejects with `Refused`. */

/** One file that was brought. */
export interface Import {
  id: string;
  state: 'running' | 'done' | 'failed';
  /** Why it failed. */
  why?: string;
  public: boolean;
  /** Bytes of the file, and those that are done. */
  size: number;
  read: number;
  games: number;
  added: number;
  duplicates: number;
  refused: number;
  /** What is wrong with games. At most a hundred are kept. */
  errors: Mistake[];
  created_at: number;
}

/** What is wrong with a game: its place and the line count from 1. */
export interface Mistake {
  game: number;
  line: number;
  /** The kind of mistake, as in `library.wrong.*`; what was refused earlier has none. */
  code?: string;
  /** The move, the word or the tag that it is about. */
  what?: string;
  message: string;
}

/** The largest file that the server takes, in bytes. */
export const MOST_BYTES = 20 * 1024 * 1024;

export interface LibraryGame {
  table: string;
  variant: string;
  /** Null when the file does not say it. */
  ended_at: number | null;
  plies: number;
  /** By seat; nobody's account. */
  players: (GamePlayer | null)[];
  /** The status is empty when the file does not say how the game ended. */
  result: { status: string; winner: number | null };
  eco?: string;
  opening?: string;
}

const imports = 'me/imports';

export const library = {
  add: (file: Blob, open: boolean) => call<Import>('POST', `${imports}?public=${open}`, file),
  list: () => call<{ imports: Import[] }>('GET', imports),
  drop: (id: string) => call<unknown>('DELETE', `${imports}/${id}`),
  games: (name: string, cursor?: string) =>
    call<{ games: LibraryGame[]; next?: string }>('GET', `users/${encodeURIComponent(name)}/games${search({ source: 'import', cursor })}`),
};
