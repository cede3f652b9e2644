import { addMessages, t } from '../../i18n';
import type { PastGame } from '../../people/api';
import { dayName } from '../../people/words';
import { MiniTable } from './cards';
import messages from './rows.en.json';

addMessages(messages);

/** Poker in the rows of a history: a row is a table, whose hands are told on its page. */

export function Past({ game }: { game: PastGame }) {
  const names = game.players.flatMap((player) => (player ? [player.name] : []));
  return (
    <>
      <div class="game-players">
        <span class="game-player clip">{names.join(', ')}</span>
      </div>
      <p class="game-kind num">
        <span>{t('poker.past.table')}</span>
        <span class="hint">{game.variant}</span>
      </p>
      <p class="game-what hint num">{t('poker.past.players', { n: names.length })}</p>
    </>
  );
}

export function pastText(game: PastGame): string {
  return t('poker.past.row', { day: dayName(game.ended_at) });
}

export function Preview({ game }: { game: PastGame }) {
  return <MiniTable taken={game.players.map(Boolean)} mine={game.you} />;
}

/** The hands of a table as one file. */
export function record(table: string): { href: string; name: string } {
  return { href: `/api/v1/tables/${table}/hands.phhs`, name: 'PHH' };
}
