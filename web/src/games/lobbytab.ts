import { signal } from '@preact/signals';

/** The tab that the lobby shows, by its name. A game changes it when what it made stands in another one. */
export const lobbyTab = signal('quick');
