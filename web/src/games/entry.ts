import type { ComponentType } from 'preact';
import type { WatchTable } from '../api';
import type { PastGame, Profile } from '../people/api';
import type { Route } from '../router';
import type { MyTable } from '../wire';

/** What a game is to the pages that show all games. This much is loaded with every page; the rest of it is lazy. */
export interface GameEntry {
  /** As the server names it. */
  kind: string;
  /** Its name, as a key of `i18n/en.json`. */
  name: string;
  routes: readonly Route[];
  /** The page of a running table, and the page of one that is over. */
  path: (table: string) => string;
  past: (table: string) => string;
  /** Pages of its own in the main navigation, with the keys of their labels in `i18n/en.json`. */
  nav?: readonly { href: string; label: string }[];
  /** The page that takes games from elsewhere, with the key of its link's text in `i18n/en.json`; left out where none does. */
  library?: { path: string; label: string };
  /** The kinds of rating that it gives, in the order of every list; `leaders` are those with a table of the best. */
  ratings: readonly string[];
  leaders: readonly string[];
  /** Its tabs in the lobby, left to right. */
  tabs: readonly LobbyTab[];
  lobby: () => Promise<GameLobby>;
  cards: () => Promise<GameCards>;
  rows: () => Promise<GameRows>;
  /** Its tab on a profile: `?tab=KIND`, and `&key=` with one of its ratings. */
  profile: () => Promise<ComponentType<{ profile: Profile }>>;
  settings: () => Promise<GameSettings>;
  /** The dialog that challenges a player by name; left out for a game that is not played two by two. */
  challenge?: () => Promise<ComponentType<ChallengeProps>>;
}

export interface LobbyTab {
  /** Unique among all games. */
  name: string;
  /** A key of `i18n/en.json`. */
  label: string;
  /** A number beside the label; 0 shows none. */
  count?: () => number;
  /** Whether there is anything in it now; left out for always. */
  shown?: () => boolean;
}

/** What a game shows in the lobby. */
export interface GameLobby {
  /** Its tabs' panels, by their names. */
  panels: Readonly<Record<string, ComponentType>>;
  /** The buttons beside the tabs that make a game, with their dialogs and keys. On a phone only the first is shown. */
  Start: ComponentType;
}

/** How its running tables look in cards. */
export interface GameCards {
  /** A small still picture, seen from a seat; null is a spectator. */
  Picture: ComponentType<{ table: MyTable | WatchTable; seat: number | null }>;
  /** Who plays, and on what terms: for a card of a game to watch. */
  Players: ComponentType<{ table: WatchTable }>;
  /** What a challenge to me is about. */
  Terms: ComponentType<{ table: MyTable }>;
}

/** How its finished games look in the rows of a history. */
export interface GameRows {
  /** The middle of a row: `.game-players`, `.game-kind` and `.game-what`. */
  Past: ComponentType<{ game: PastGame }>;
  /** The same in a sentence. */
  pastText: (game: PastGame) => string;
  /** How it ended, for who points at its row. */
  Preview: ComponentType<{ game: PastGame }>;
  /** Its record for download. */
  record: (table: string) => { href: string; name: string };
}

/** Its settings, which are fields of `settings.ts` like all others. */
export interface GameSettings {
  /** `/settings/KIND`. */
  Page: ComponentType;
  /** Its part of the page "Appearance". */
  Look: ComponentType;
  /** Its part of the menu in the header. */
  Menu: ComponentType;
}

export interface ChallengeProps {
  /** The name of who is challenged. */
  invited: string;
  onClose: () => void;
}
