import { useState } from 'preact/hooks';
import { controlName } from '../../control';
import { t } from '../../i18n';
import { pgnOf } from '../../people/api';
import type { GamePlayer, PastGame } from '../../people/api';
import { movesOf, outcomeOf } from '../../people/outcome';
import { PlayerName, PlayerRating } from '../../people/person';
import { dayName, momentName, ratingName } from '../../people/words';
import { ColorMark } from '../../ui/color-mark';
import { lazy } from '../../ui/lazy';

const preview = lazy(() => import('./preview').then((module) => module.Preview));

/** Finished games, one row each. */
export function GameRows({ games }: { games: readonly PastGame[] }) {
  return (
    <ul class="game-rows">
      {games.map((game) => (
        <GameRow key={game.table} game={game} />
      ))}
    </ul>
  );
}

const unknown: GamePlayer = { name: '?', user: '' };
const colors = ['white', 'black'] as const;

function GameRow({ game }: { game: PastGame }) {
  const [pointed, setPointed] = useState(false);
  const outcome = outcomeOf(game);
  return (
    <li
      class={`game-row is-${outcome}`}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setPointed(true)}
      onPointerLeave={() => setPointed(false)}
    >
      <a class="game-open" href={`/g/${game.table}`} aria-label={rowText(game)} onFocus={() => setPointed(true)} onBlur={() => setPointed(false)} />
      <b class={`mark mark-${outcome}`}>{t(`result.${outcome}`)}</b>
      <div class="game-players">
        {colors.map((color, seat) => (
          <span key={color} class={seat === game.you ? 'game-player is-own' : 'game-player'}>
            <ColorMark color={color} /> <PlayerName player={game.players[seat] ?? unknown} /> <PlayerRating player={game.players[seat] ?? unknown} />
          </span>
        ))}
      </div>
      <p class="game-kind num">
        <span>
          {controlName(game.control)} {ratingName(game.variant === 'standard' ? game.speed : game.variant)}
        </span>
        <span class="hint">{t(game.rated ? 'mode.rated' : 'mode.casual')}</span>
      </p>
      <p class="game-what hint">
        <span class="clip">{game.opening}</span>
        <span class="num">{t('games.moves', { n: movesOf(game.plies) })}</span>
      </p>
      <p class="game-when num">
        <time dateTime={new Date(game.ended_at).toISOString()} title={momentName(game.ended_at)}>
          {dayName(game.ended_at)}
        </time>
        <a class="game-pgn" href={pgnOf(game.table)} download aria-label={`${t('games.pgn')}: ${rowText(game)}`}>
          PGN
        </a>
      </p>
      {pointed && <preview.View table={game.table} flipped={game.you === 1} />}
    </li>
  );
}

function rowText(game: PastGame): string {
  return t('games.row', {
    result: t(`result.${outcomeOf(game)}`),
    opponent: game.players[game.you === 1 ? 0 : 1]?.name ?? t('games.anonymous'),
    control: controlName(game.control),
    mode: t(game.rated ? 'mode.rated' : 'mode.casual'),
    day: dayName(game.ended_at),
  });
}
