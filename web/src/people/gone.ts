import type { GamePlayer } from './api';

/** What stands in games in place of a name when its account is closed. No name that somebody can have has a blank in it. */
const GONE = 'closed account';

/** Whether an account was behind a name, and is no more. */
export function isGone({ name, closed }: Pick<GamePlayer, 'name' | 'closed'>): boolean {
  return closed === true || name === GONE;
}

/** Whether there is a page about a player: who has an account has one. */
export function hasProfile(player: Omit<GamePlayer, 'user'> & { user?: string }): boolean {
  return Boolean(player.user) && !player.guest && player.house === undefined && !isGone(player);
}
