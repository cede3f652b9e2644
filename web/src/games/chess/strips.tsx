import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { serverNow } from '../../socket';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { lazy } from '../../ui/lazy';
import { Ahead } from './ahead';
import { Clock } from './clocks';
import type { Game } from './game';
import type { Live } from './live';
import type { Player } from '../../wire';
import { Prompt, promptOf } from './prompt';
import { colorOf, fenAfter, isRunning, presenceAt, seatOf, shownPlies, turn } from './select';
import type { Color } from './rules';

const change = lazy(() => import('./change').then((module) => module.Change));

/** A player's card above or below the board. Its height never changes, whatever it has to say. */
export function Strip({ live, color }: { live: Live; color: Color }) {
  const game = live.game.value;
  if (!game) return null;
  const seat = seatOf(color);
  const mine = seat === game.you;
  return (
    <div class={`strip ${mine ? 'mine' : ''}`}>
      {mine && promptOf(game) ? <Prompt live={live} /> : <Card live={live} game={game} seat={seat} />}
      {!mine && <GiveTime live={live} game={game} />}
      <Clock live={live} seat={seat} />
    </div>
  );
}

/** 15 seconds more for the opponent, or a day: a courtesy. */
function GiveTime({ live, game }: { live: Live; game: Game }) {
  if (game.you === null || !game.clocks || !isRunning(game) || game.plies.length < 2 || game.info.rules?.no_give_time) return null;
  const label = t(game.info.control?.days ? 'chess.give-day' : 'chess.give-time');
  return (
    <Button kind="quiet" class="icon-only" aria-label={label} title={label} onPress={() => live.act({ type: 'give-time' })}>
      <Icon name="plus" />
    </Button>
  );
}

function Card({ live, game, seat }: { live: Live; game: Game; seat: number }) {
  const player = game.seats[seat];
  const name = player?.name ?? t('chess.seat.free');
  return (
    <>
      <span class="avatar" aria-hidden="true">
        {player ? name.charAt(0).toUpperCase() : '?'}
      </span>
      <div class="who">
        <div class="who-name">
          <Presence game={game} seat={seat} />
          {(player?.house !== undefined || player?.bot) && <b class="title">BOT</b>}
          <Name name={name} player={player} aside={game.you !== null && isRunning(game)} />
          {player?.guest && <span class="tag">{t('chess.guest')}</span>}
          {player?.rating && <span class="dim num">{`${player.rating}${player.provisional ? '?' : ''}`}</span>}
          {game.result && game.info.rated && <change.View table={game.table} seat={seat} />}
        </div>
        <Below live={live} game={game} seat={seat} />
      </div>
    </>
  );
}

/** A name; of who has an account, a link to the profile, which does not take a player away from the board. */
function Name({ name, player, aside }: { name: string; player: Player | null | undefined; aside: boolean }) {
  if (!player || player.guest || player.house !== undefined) return <b class="name">{name}</b>;
  return (
    <a class="name" href={`/@/${player.name}`} target={aside ? '_blank' : undefined}>
      {name}
    </a>
  );
}

function Presence({ game, seat }: { game: Game; seat: number }) {
  const state = presenceAt(game, seat);
  const label = t(`chess.presence.${state}`);
  return <i class={`dot dot-${state}`} role="img" title={label} aria-label={label} />;
}

/** The second line: what is urgent about this player, else what they have more of. */
function Below({ live, game, seat }: { live: Live; game: Game; seat: number }) {
  const claimAt = game.presence[seat]?.state === 'away' ? game.presence[seat]?.claim_at : undefined;
  const deadline = game.deadline?.seat === seat ? game.deadline.at : undefined;
  if (!isRunning(game)) return <Material live={live} game={game} seat={seat} />;
  if (game.clocks?.held && game.clocks.running === seat) return <p class="note">{t('chess.clock.waits')}</p>;
  if (deadline !== undefined && turn(game) === colorOf(seat)) {
    return (
      <p class="note">
        {t(seat === game.you ? 'chess.first-move.mine' : 'chess.first-move')} <Countdown to={deadline} />
      </p>
    );
  }
  if (claimAt !== undefined && game.you !== seat) {
    return <Leaving at={claimAt} />;
  }
  return <Material live={live} game={game} seat={seat} />;
}

/** How long an absent player still has before the other may claim. */
function Leaving({ at }: { at: number }) {
  const left = useSecondsUntil(at);
  return <p class="note">{left === 0 ? t('chess.gone') : `${t('chess.leaves-in')} ${minutes(left)}`}</p>;
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Minutes and seconds to a moment of the server's clock. */
function Countdown({ to }: { to: number }): ComponentChildren {
  return <span class="count">{minutes(useSecondsUntil(to))}</span>;
}

/** Whole seconds until a moment of the server's clock, 0 when it is past; counts down while it is used. */
export function useSecondsUntil(to: number): number {
  const left = (): number => Math.max(0, Math.ceil((to - serverNow()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [to]);
  return seconds;
}

function Material({ live, game, seat }: { live: Live; game: Game; seat: number }) {
  const at = live.view.cursor.value ?? shownPlies(game).length;
  return <Ahead fen={fenAfter(game, at)} color={colorOf(seat)} />;
}
