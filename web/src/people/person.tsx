import { t } from '../i18n';
import type { GamePlayer } from './api';
import { hasProfile, isGone } from './gone';
import { ratingText, signed } from './words';
import './people.css';

/** The first letter of a name on a disc. */
export function Avatar({ name }: { name: string }) {
  return (
    <span class="person-disc" aria-hidden="true">
      {name.charAt(0).toUpperCase()}
    </span>
  );
}

export function OnlineDot({ online }: { online: boolean }) {
  const label = t(online ? 'player.online' : 'player.offline');
  return <i class={`dot ${online ? 'dot-on' : ''}`} role="img" title={label} aria-label={label} />;
}

/** What stands before the name of an account that a program plays for. */
export function BotTag() {
  return <span class="tag">BOT</span>;
}

/** The name of a player; who has a profile is a link to it. */
export function PlayerName({ player }: { player: GamePlayer }) {
  if (isGone(player)) return <span class="hint">{t('player.closed')}</span>;
  if (!hasProfile(player)) return <span class="clip">{player.name}</span>;
  return (
    <>
      {player.bot && <BotTag />}
      <a class="person clip" href={`/@/${player.name}`}>
        {player.name}
      </a>
    </>
  );
}

/** The rating of a player before a game, and what the game did to it. */
export function PlayerRating({ player }: { player: GamePlayer }) {
  if (player.rating === undefined) return null;
  return (
    <span class="num">
      <span class="hint">{ratingText(player.rating, player.provisional)}</span>
      {player.diff !== undefined && <RatingDiff diff={player.diff} />}
    </span>
  );
}

/** A change of rating, with its sign: the colour only repeats it. */
export function RatingDiff({ diff }: { diff: number }) {
  const tone = diff > 0 ? 'is-up' : diff < 0 ? 'is-down' : '';
  return <span class={`diff num ${tone}`}>{signed(diff)}</span>;
}
