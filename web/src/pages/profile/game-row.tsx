import { useState } from 'preact/hooks';
import type { GameRows as Rows } from '../../games/entry';
import { pastOf } from '../../games/list';
import { rows } from '../../games/loaded';
import { t } from '../../i18n';
import type { PastGame } from '../../people/api';
import { outcomeOf } from '../../people/outcome';
import { dayName, momentName } from '../../people/words';

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

/** What a row says of every kind of game; the middle of it is the game's own. */
function GameRow({ game }: { game: PastGame }) {
  const [pointed, setPointed] = useState(false);
  const outcome = outcomeOf(game);
  const own = rows.of(game.kind);
  const said = own?.pastText(game) ?? t(`result.${outcome}`);
  return (
    <li
      class={`game-row is-${outcome}`}
      onPointerEnter={(event) => event.pointerType === 'mouse' && setPointed(true)}
      onPointerLeave={() => setPointed(false)}
    >
      <a class="game-open" href={pastOf(game.table, game.kind)} aria-label={said} onFocus={() => setPointed(true)} onBlur={() => setPointed(false)} />
      <b class={`mark mark-${outcome}`}>{t(`result.${outcome}`)}</b>
      {own && <own.Past game={game} />}
      <p class="game-when num">
        <time dateTime={new Date(game.ended_at).toISOString()} title={momentName(game.ended_at)}>
          {dayName(game.ended_at)}
        </time>
        {own && <Download record={own.record(game.table)} said={said} />}
      </p>
      {pointed && own && <own.Preview game={game} />}
    </li>
  );
}

function Download({ record: { href, name }, said }: { record: ReturnType<Rows['record']>; said: string }) {
  return (
    <a class="game-pgn" href={href} download aria-label={`${t('games.download')} ${name}: ${said}`}>
      {name}
    </a>
  );
}
