import { effect, signal } from '@preact/signals';
import { pathOf } from './games/list';
import { navigate } from './router';
import { Refused, onMessage, online, request } from './socket';
import { ensureUser } from './store';
import { play } from './ui/sound';

/** Waiting for an opponent in a pool of the lobby, one at a time. */

export interface PoolWait {
  control: string;
  /** When the wait began, by `performance.now()`. */
  since: number;
}

export interface PoolProblem {
  control: string;
  reason: unknown;
}

export const pool = signal<PoolWait | null>(null);
/** The wait goes on when the lobby is left: the player takes a bot on meanwhile. */
export const keepPool = signal(false);
/** Why the last try to join a pool failed. */
export const poolProblem = signal<PoolProblem | null>(null);

/** The time control that this player may wait at: set once there is a user, so that nothing is asked twice. */
let allowed: string | null = null;

/** Waits for an opponent at a time control; leaves any other pool. Makes a guest of a visitor. */
export async function joinPool(control: string): Promise<void> {
  poolProblem.value = allowed = null;
  keepPool.value = false;
  pool.value = { control, since: performance.now() };
  try {
    await ensureUser();
  } catch (reason) {
    return drop(control, reason);
  }
  allowed = control;
  if (online.peek()) await ask(control).catch((reason: unknown) => fail(control, reason));
}

async function ask(control: string): Promise<void> {
  if (pool.peek()?.control === control && allowed === control) await request({ type: 'pool', control });
}

function fail(control: string, reason: unknown): void {
  // A lost connection is no refusal: the pool is joined again when it is back.
  if (reason instanceof Refused && reason.code === 'offline') return;
  drop(control, reason);
}

function drop(control: string, reason: unknown): void {
  if (pool.value?.control !== control) return;
  allowed = pool.value = null;
  poolProblem.value = { control, reason };
}

export function leavePool(): void {
  if (!pool.value) return;
  allowed = pool.value = null;
  if (!online.peek()) return;
  request({ type: 'unpool' }).catch(() => {
    // Offline: the pool ended with the socket.
  });
}

let started = false;

/** Goes to a game when an opponent is found, from wherever the player is. Called by whatever leads to one; once is enough. */
export function startPairing(): void {
  if (started) return;
  started = true;
  onMessage('paired', ({ table, kind }) => {
    // Paired by a challenge, the player may still stand in a pool.
    leavePool();
    play('turn');
    navigate(pathOf(table, kind));
  });
  effect(() => {
    if (!online.value) return;
    const control = allowed;
    if (control !== null) ask(control).catch((reason: unknown) => fail(control, reason));
  });
}
