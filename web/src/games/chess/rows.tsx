import { controlName } from '../../control';
import { addMessages, t } from '../../i18n';
import { pgnOf } from '../../people/api';
import type { GamePlayer, PastGame } from '../../people/api';
import { movesOf, outcomeOf } from '../../people/outcome';
import { PlayerName, PlayerRating } from '../../people/person';
import { dayName, ratingName } from '../../people/words';
import { lazy } from '../../ui/lazy';
import { ColorMark } from './colormark';
import messages from './rows.en.json';

addMessages(messages);

/** Chess in the rows of a history. */

const colors = ['white', 'black'] as const;
const unknown: GamePlayer = { name: '?', user: '' };

export function Past({ game }: { game: PastGame }) {
  return (
    <>
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
        <span class="num">{t('chess.past.moves', { n: movesOf(game.plies) })}</span>
      </p>
    </>
  );
}

export function pastText(game: PastGame): string {
  return t('chess.past.row', {
    result: t(`result.${outcomeOf(game)}`),
    opponent: game.players[game.you === 1 ? 0 : 1]?.name ?? t('chess.past.nobody'),
    control: controlName(game.control),
    mode: t(game.rated ? 'mode.rated' : 'mode.casual'),
    day: dayName(game.ended_at),
  });
}

const preview = lazy(() => import('./preview').then((module) => module.Preview));

export function Preview({ game }: { game: PastGame }) {
  return <preview.View table={game.table} flipped={game.you === 1} />;
}

export function record(table: string): { href: string; name: string } {
  return { href: pgnOf(table), name: 'PGN' };
}
