import { t } from '../../../i18n';
import { me } from '../../../store';
import { Button } from '../../../ui/button';
import { copyText } from '../../../ui/copy';
import type { Live } from '../live';
import { freeSeats, isRunning, isTournament, nameOf, ownChair, ownPlayer, ready } from '../select';
import type { Room } from '../state/room';
import type { Chair } from '../wire';
import { Countdown } from './countdown';

/** What is to be done by who does not play at the moment. */
export function Idle({ live, room }: { live: Live; room: Room }) {
  const chair = ownChair(room);
  if (room.result || room.closed) return <Over room={room} />;
  if (!chair?.taken) return <Visitor live={live} room={room} />;
  return <Seated live={live} room={room} chair={chair} />;
}

function Over({ room }: { room: Room }) {
  const mine = room.placed.find(({ seat, name }) => name !== '' && (seat === room.you || name === me.value?.name));
  return (
    <div class="abar-row two">
      <p class="abar-text">{mine ? t('poker.over.place', { n: mine.place }) : t('poker.over')}</p>
      <a class="btn act-plain" href="/">
        {t('to.lobby')}
      </a>
    </div>
  );
}

/** Who watches: the way to a seat, or into the line for one. */
function Visitor({ live, room }: { live: Live; room: Room }) {
  const { info } = room;
  const free = freeSeats(room);
  const user = me.value?.id;
  const waits = info.waiting_list?.findIndex((one) => one.user === user) ?? -1;
  if (room.lostSeat !== null) return <Replaced live={live} />;
  if (isTournament(room) && room.number > 0) return <p class="abar-text alone">{t('poker.watching')}</p>;
  if (waits >= 0) {
    return (
      <div class="abar-row two">
        <p class="abar-text">{t('poker.line.you', { n: waits + 1 })}</p>
        {free.length > 0 && info.kept?.user === user && <TakeSeat live={live} seat={free[0] ?? 0} />}
        <Button class="act-plain" onPress={() => live.act({ type: 'unwait' })}>
          {t('poker.line.leave')}
        </Button>
      </div>
    );
  }
  return (
    <div class="abar-row two">
      <p class="abar-text">{t(free.length > 0 ? 'poker.visitor' : 'poker.visitor.full')}</p>
      {free.length > 0 ? <TakeSeat live={live} seat={free[0] ?? 0} /> : <WaitForSeat live={live} />}
    </div>
  );
}

function Replaced({ live }: { live: Live }) {
  return (
    <div class="abar-row two" role="alert">
      <p class="abar-text">{t('poker.replaced')}</p>
      <button type="button" class="btn btn-primary" onClick={() => live.restart()}>
        {t('poker.play-here')}
      </button>
    </div>
  );
}

function TakeSeat({ live, seat }: { live: Live; seat: number }) {
  return (
    <button type="button" class="btn btn-primary act-sit" onClick={() => (live.view.sitAt.value = seat)}>
      {t('poker.take-seat')}
    </button>
  );
}

function WaitForSeat({ live }: { live: Live }) {
  return (
    <Button kind="primary" class="act-sit" onPress={() => live.act({ type: 'wait' })}>
      {t('poker.line.join')}
    </Button>
  );
}

/** Who has a seat and no decision to make. */
function Seated({ live, room, chair }: { live: Live; room: Room; chair: Chair }) {
  if (chair.leaving) return <p class="abar-text alone">{t('poker.leaving')}</p>;
  if (chair.stack === 0 && !chair.coming && !ownPlayerPlays(room)) return <Busted live={live} room={room} />;
  if (chair.out) return <Out live={live} room={room} chair={chair} />;
  const owes = (chair.owes_big || chair.owes_small) && !ownPlayerPlays(room);
  if (owes && ready(room) > 1) return <WaitsForBlind live={live} chair={chair} />;
  return <Between live={live} room={room} />;
}

function ownPlayerPlays(room: Room): boolean {
  return isRunning(room) && ownPlayer(room) !== undefined;
}

function Busted({ live, room }: { live: Live; room: Room }) {
  const again = !isTournament(room);
  return (
    <div class="abar-row two">
      <p class="abar-text">{t(again ? 'poker.busted' : 'poker.knocked-out')}</p>
      {again && (
        <button type="button" class="btn btn-primary" onClick={() => (live.view.layer.value = 'buy')}>
          {t('poker.rebuy')}
        </button>
      )}
    </div>
  );
}

/** Back to the table: with the big blind, or at once for a blind. */
function Out({ live, room, chair }: { live: Live; room: Room; chair: Chair }) {
  const owes = !isTournament(room) && (chair.owes_big || chair.owes_small);
  return (
    <div class="abar-row two">
      <p class="abar-text">{t('poker.out')}</p>
      {owes && (
        <Button class="act-plain" onPress={() => live.act({ type: 'sit-in', post: true })}>
          {t('poker.back-in.post')}
        </Button>
      )}
      <Button kind="primary" onPress={() => live.act({ type: 'sit-in' })}>
        {t(owes ? 'poker.back-in.wait' : 'poker.back-in')}
      </Button>
    </div>
  );
}

function WaitsForBlind({ live, chair }: { live: Live; chair: Chair }) {
  return (
    <div class="abar-row two">
      <p class="abar-text">{t(chair.posts ? 'poker.posts' : 'poker.waits')}</p>
      <Button class="act-plain" onPress={() => live.act({ type: 'sit-in', post: !chair.posts })}>
        {t(chair.posts ? 'poker.wait-instead' : 'poker.post-now')}
      </Button>
    </div>
  );
}

/** After a hand, and before there are enough players. */
function Between({ live, room }: { live: Live; room: Room }) {
  const won = ownPlayer(room);
  const shows = room.hand?.over && room.hand.you && won && !won.cards && !won.folded;
  return (
    <div class="abar-row two">
      <p class="abar-text">
        <Status room={room} />
      </p>
      {shows && (
        <Button class="act-plain" onPress={() => live.act({ type: 'show' })}>
          {t('poker.show')}
        </Button>
      )}
      {!isRunning(room) && ready(room) < 2 && !room.info.paused && (
        <Button class="act-plain" onPress={() => copyText(`${location.origin}/t/${live.table}`, t('poker.copied'))}>
          {t('poker.invite')}
        </Button>
      )}
    </div>
  );
}

/** Who is waited for while a hand is on. */
function playing(room: Room): string {
  if (ownPlayer(room)?.folded) return t('poker.folded');
  const turn = room.hand?.turn;
  return turn ? t('poker.others', { name: nameOf(room, turn.pos) }) : t('poker.runs');
}

function Status({ room }: { room: Room }) {
  if (room.info.paused) return <>{t('poker.paused')}</>;
  if (room.breakUntil > 0) return <Countdown to={room.breakUntil} text="poker.break" />;
  if (isRunning(room)) return <>{playing(room)}</>;
  const seats = room.chairs.length;
  const n = ready(room);
  if (isTournament(room) && room.number === 0 && n < seats) return <>{t('poker.starts-when', { n, of: seats })}</>;
  if (n < 2) return <>{t('poker.waiting', { n, of: 2 })}</>;
  return room.deadline ? <Countdown to={room.deadline.at} text="poker.next-hand" /> : <>{t('poker.soon')}</>;
}
