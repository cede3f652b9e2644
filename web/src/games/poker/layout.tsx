import { ActionBar } from './actions/bar';
import { Felt } from './felt/felt';
import { Head } from './head';
import { useTableKeys } from './keys';
import { Layers } from './layers';
import type { Live } from './live';
import { ownChair } from './select';
import { useEquities } from './odds/use';

/** The whole page: tabs and tools above, the table, the actions below or beside it. */
export function Layout({ live }: { live: Live }) {
  useTableKeys(live);
  const room = live.shown.value;
  const equities = useEquities(room);
  const seated = room !== null && ownChair(room)?.taken === true;
  const open = room !== null && !seated && !room.result && !room.closed && (room.stakes.max_buy_in ? true : room.number === 0);
  return (
    <>
      <Head live={live} />
      {room ? (
        <Felt
          room={room}
          equities={equities}
          onSit={open ? (seat) => (live.view.sitAt.value = seat) : undefined}
          onClick={() => live.skip()}
        />
      ) : (
        <div class="felt-box" />
      )}
      <ActionBar live={live} />
      <Layers live={live} />
    </>
  );
}
