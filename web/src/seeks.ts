import type { Ask } from './socket';
import { Refused, request } from './socket';
import { ensureUser, lobby } from './store';

/** My open challenges, and taking those of others. */

export async function offer(seek: Omit<Extract<Ask, { type: 'seek' }>, 'type'>): Promise<void> {
  await ensureUser();
  await request({ type: 'seek', ...seek });
}

export async function withdraw(seek: string): Promise<void> {
  await request({ type: 'unseek', seek });
}

/** Resolves when paired; the pairing itself leads to the game. */
export async function take(seek: string): Promise<void> {
  await ensureUser();
  await request({ type: 'take', seek });
}

/** When the lobby is left: an open challenge that nobody looks after would pull its player out of another game. */
export function withdrawAll(): void {
  for (const seek of lobby.value?.seeks ?? []) {
    if (seek.mine) withdraw(seek.seek).catch(ignoreRefusal);
  }
}

/** Taken in the same moment, or offline: gone either way. */
function ignoreRefusal(reason: unknown): void {
  if (!(reason instanceof Refused)) throw reason;
}
