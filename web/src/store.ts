import { batch, computed, signal } from '@preact/signals';
import type { LobbyChangeMessage, LobbyMessage, MyTable, Seek, User } from './wire';
import { api } from './api';
import { onMessage, restartSocket } from './socket';

/** What every page may look at. Only this module writes these signals. */

/** Who I am; null without a session, undefined before the first `hello`. */
export const me = signal<User | null | undefined>(undefined);
/** My running tables, as the server last told; undefined before it did. */
export const mine = signal<MyTable[] | undefined>(undefined);
export const lobby = signal<LobbyMessage | undefined>(undefined);
/** When the server will go down for a restart, by `performance.now()`; null when no restart is announced. */
export const shutdownAt = signal<number | null>(null);
/** The server serves a newer client than this page. Say so only when no game is running. */
export const outdated = signal(false);
/** How many of my tables wait for my move. */
export const myTurns = computed(() => (mine.value ?? []).filter((table) => table.my_turn && !table.waiting).length);

/** The challenges that wait for my answer. */
export const invitations = computed(() => (mine.value ?? []).filter((table) => table.invited));

/** The build of this page, as the build script wrote it; empty when the page comes from the development server. */
const build = typeof document === 'undefined' ? '' : (document.documentElement.dataset['build'] ?? '');

let making: Promise<User> | null = null;

/** The user that plays: who is signed in, or a guest made now. Call it on the first play, never on page view. */
export function ensureUser(): Promise<User> {
  if (me.value) return Promise.resolve(me.value);
  making ??= makeGuest().finally(() => (making = null));
  return making;
}

async function makeGuest(): Promise<User> {
  await api.makeGuest();
  return enter();
}

/** Connects with the session of now, which another request has just made; resolves with who I am in it. */
export function enter(): Promise<User> {
  const known = new Promise<User>((resolve) => {
    const stop = onMessage('hello', ({ user }) => {
      if (!user) return;
      stop();
      resolve(user);
    });
  });
  restartSocket();
  return known;
}

export async function signOut(): Promise<void> {
  await api.signOut();
  leave();
}

/** There is no session any more: nothing is asked for in its name, and the socket comes back without it. */
export function leave(): void {
  batch(() => {
    me.value = null;
    mine.value = undefined;
  });
  restartSocket();
}

function changeLobby(change: LobbyChangeMessage): void {
  const now = lobby.value;
  if (!now) return;
  const gone = new Set([...(change.removed ?? []), ...(change.added ?? []).map((seek) => seek.seek)]);
  const kept: Seek[] = now.seeks.filter((seek) => !gone.has(seek.seek));
  lobby.value = {
    ...now,
    online: change.online ?? now.online,
    playing: change.playing ?? now.playing,
    pools: change.pools ?? now.pools,
    seeks: [...kept, ...(change.added ?? [])],
  };
}

/** Starts to listen. Called once, by main, before the socket connects. */
export function startStore(): void {
  onMessage('hello', (message) => {
    me.value = message.user;
    if (!message.user) mine.value = [];
    shutdownAt.value = null;
    outdated.value = build !== '' && message.build !== '' && message.build !== build;
  });
  onMessage('mine', (message) => (mine.value = message.tables));
  onMessage('lobby', (message) => (lobby.value = message));
  onMessage('lobby-change', changeLobby);
  onMessage('shutdown', (message) => (shutdownAt.value = performance.now() + message.in_ms));
}
