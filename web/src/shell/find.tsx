import { useEffect } from 'preact/hooks';
import { PlayerSearch } from '../people/search';
import { path } from '../router';
import { startPeople } from './people';

/** The search of the header, and with it, once the page stands, all that follows the account. */
export function Find() {
  useEffect(startPeople, []);
  return path.value === '/leaderboard' ? null : <PlayerSearch />;
}
