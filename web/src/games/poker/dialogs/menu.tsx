import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { set, settings } from '../../../settings';
import { me } from '../../../store';
import { Button } from '../../../ui/button';
import { Toggle } from '../../../ui/choices';
import { copyText } from '../../../ui/copy';
import type { Live } from '../live';
import { isRunning, isTournament, nameAt, ownChair, ownPlayer } from '../select';
import type { Room } from '../state/room';
import type { Chair } from '../wire';
import { Drawer } from './drawer';

/** What a player wants from the table besides cards: to pause, to leave, chips; how it looks; and what its owner may do. */
export function TableMenu({ live, onClose }: { live: Live; onClose: () => void }) {
  const room = live.room.value;
  if (!room) return null;
  const chair = ownChair(room);
  return (
    <Drawer title={t('poker.menu')} onClose={onClose} class="menu-drawer">
      {chair?.taken && <Sitting live={live} room={room} chair={chair} />}
      {room.info.owner !== undefined && room.info.owner === me.value?.id && <Host live={live} room={room} />}
      <Looks />
      <Button class="wide" onPress={() => copyText(`${location.origin}/t/${live.table}`, t('poker.copied'))}>
        {t('poker.copy-link')}
      </Button>
    </Drawer>
  );
}

function Sitting({ live, room, chair }: { live: Live; room: Room; chair: Chair }) {
  const cash = !isTournament(room);
  return (
    <section class="drawer-part" aria-label={t('poker.menu.seat')}>
      {chair.out ? (
        <Button onPress={() => live.act({ type: 'sit-in' })}>{t('poker.back-in')}</Button>
      ) : (
        <Button onPress={() => live.act({ type: 'sit-out' })}>{t('poker.sit-out')}</Button>
      )}
      {cash && !chair.out && (
        <Toggle
          label={t('poker.sit-out.blind')}
          checked={chair.out_next ?? false}
          onChange={(on) => void live.act(on ? { type: 'sit-out', when: 'next-blind' } : { type: 'sit-in' })}
        />
      )}
      {cash && <Upkeep />}
      {cash && <Button onPress={() => (live.view.layer.value = 'buy')}>{t('poker.rebuy')}</Button>}
      <Toggle label={t('poker.auto-muck')} checked={!chair.shows} onChange={(muck) => void live.act({ type: 'show-losing', on: !muck })} />
      {room.stakes.straddle && (
        <Toggle label={t('poker.straddle')} checked={chair.straddles ?? false} onChange={(on) => void live.act({ type: 'straddle', on })} />
      )}
      {(cash || room.number === 0) && <Leave live={live} room={room} />}
    </section>
  );
}

/** What the seat does by itself, at every table. */
function Upkeep() {
  const { topUp, autoPost } = settings.value;
  return (
    <>
      <Toggle label={t('poker.set.topUp')} checked={topUp} onChange={(on) => set({ topUp: on })} />
      <Toggle label={t('poker.set.autoPost')} checked={autoPost} onChange={(on) => set({ autoPost: on })} />
    </>
  );
}

/** Asks first when that folds a hand. */
function Leave({ live, room }: { live: Live; room: Room }) {
  const [asked, setAsked] = useState(false);
  const me = ownPlayer(room);
  const folds = isRunning(room) && me !== undefined && !me.folded;
  if (folds && !asked) return <Button onPress={() => setAsked(true)}>{t('poker.leave')}</Button>;
  return (
    <Button kind={folds ? 'danger' : 'plain'} onPress={() => live.act({ type: 'leave' })}>
      {t(folds ? 'poker.leave.fold' : 'poker.leave')}
    </Button>
  );
}

/** The tools of the owner. Everybody sees what is done with them. */
function Host({ live, room }: { live: Live; room: Room }) {
  const { paused, asked = [] } = room.info;
  const others = room.seats.flatMap((player, seat) => (player && seat !== room.you ? [{ player, seat }] : []));
  return (
    <section class="drawer-part" aria-label={t('poker.host')}>
      <h3>{t('poker.host')}</h3>
      <Button onPress={() => live.act({ type: paused ? 'host-resume' : 'host-pause' })}>{t(paused ? 'poker.host.resume' : 'poker.host.pause')}</Button>
      {asked.map(({ user, name }) => (
        <div class="host-row" key={user}>
          <span class="clip">{t('poker.host.asks', { name })}</span>
          <Button kind="primary" onPress={() => live.act({ type: 'host-approve', user })}>
            {t('poker.host.approve')}
          </Button>
          <Button onPress={() => live.act({ type: 'host-decline', user })}>{t('poker.host.decline')}</Button>
        </div>
      ))}
      {others.map(({ player, seat }) => (
        <div class="host-row" key={seat}>
          <span class="clip">{nameAt(room, seat)}</span>
          {player.house === undefined && (
            <Button aria-label={t('poker.host.transfer-to', { name: player.name })} onPress={() => live.act({ type: 'host-transfer', seat })}>
              {t('poker.host.transfer')}
            </Button>
          )}
          <Button aria-label={t('poker.host.remove-who', { name: player.name })} onPress={() => live.act({ type: 'host-remove', seat })}>
            {t('poker.host.remove')}
          </Button>
        </div>
      ))}
    </section>
  );
}

function Looks() {
  const now = settings.value;
  return (
    <section class="drawer-part" aria-label={t('poker.looks')}>
      <Toggle label={t('poker.set.bigBlinds')} checked={now.bigBlinds} onChange={(bigBlinds) => set({ bigBlinds })} />
      <Toggle label={t('poker.set.deck')} checked={now.deck === 'four'} onChange={(four) => set({ deck: four ? 'four' : 'two' })} />
      <Toggle label={t('poker.set.handStrength')} checked={now.handStrength} onChange={(handStrength) => set({ handStrength })} />
      <Toggle label={t('poker.set.preActions')} checked={now.preActions} onChange={(preActions) => set({ preActions })} />
      <Toggle label={t('poker.set.tableKeys')} checked={now.tableKeys} onChange={(tableKeys) => set({ tableKeys })} />
      <Toggle label={t('poker.set.jumpToTurn')} checked={now.jumpToTurn} onChange={(jumpToTurn) => set({ jumpToTurn })} />
    </section>
  );
}
