import { useEffect } from 'preact/hooks';
import { PlayerSearch } from '../people/search';
import { path } from '../router';
import { startPeople } from './people';
import { SaveBanner } from './save-banner';

/** The search of the header. */
export function Find() {
  return path.value === '/leaderboard' ? null : <PlayerSearch />;
}

/** What stands below the header, and with it, fetched after the page, all that follows the account. */
export function BelowHeader() {
  useEffect(startPeople, []);
  return <SaveBanner />;
}
