import { useEffect } from 'preact/hooks';
import { addMessages } from '../i18n';
import { PlayerSearch } from '../people/search';
import { startPairing } from '../pairing';
import { path } from '../router';
import { Banner } from './banner';
import messages from './later.en.json';
import { startPeople } from './people';
import { SaveBanner } from './save-banner';

export { PoolChip } from './pool-chip';

addMessages(messages);
startPairing();

/** The parts of the frame that nobody needs in the first moment: fetched after the page. */

/** The search of the header. */
export function Find() {
  return path.value === '/leaderboard' ? null : <PlayerSearch />;
}

/** What stands below the header, and with it all that follows the account. */
export function BelowHeader() {
  useEffect(startPeople, []);
  return (
    <>
      <Banner />
      <SaveBanner />
    </>
  );
}
