import './css/reader.css';
import { t } from '../../i18n';
import { Actions } from './actions';
import { Chat } from './chat';
import { Clock } from './clocks';
import { lastMoveText } from './facts';
import type { Game } from './game';
import { again, waiting } from './later';
import type { Live } from './live';
import { MoveInput } from './moveinput';
import { Moves } from './moves';
import { outcomeText } from './outcome';
import { Promotion } from './promotion';
import { Prompt, promptOf } from './prompt';
import { colorOf, isMyTurn, isRunning, nameAt, turn } from './select';
import { colorName } from './speech';
import { SrBoard } from './srboard';

/** The game without a picture: status, moves, input, clocks, actions and the grid, in reading order. */
export function SrGame({ live }: { live: Live }) {
  const game = live.game.value;
  if (!game) return null;
  return (
    <div class="sr-game">
      <section>
        <h2>{t('chess.sr.status')}</h2>
        <p>{statusText(game)}</p>
        <p>
          {t('chess.sr.last')}: {lastMoveText(game)}
        </p>
        <waiting.View live={live} />
        {promptOf(game) && <Prompt live={live} />}
      </section>
      <section>
        <h2>{t('chess.sr.move')}</h2>
        <MoveInput live={live} />
      </section>
      <section>
        <h2>{t('chess.clocks')}</h2>
        {[0, 1].map((seat) => (
          <div class="sr-clock" key={seat}>
            <span>
              {colorName(colorOf(seat))}, {nameAt(game, seat) ?? t('chess.seat.free')}
            </span>
            <Clock live={live} seat={seat} />
          </div>
        ))}
        {!game.clocks && <p>{t('chess.unlimited')}</p>}
      </section>
      <section>
        <h2>{t('chess.actions')}</h2>
        <Actions live={live} />
        <div class="row">
          <again.View live={live} />
        </div>
      </section>
      <section>
        <h2>{t('chess.board')}</h2>
        <div class="sr-board-box">
          <SrBoard live={live} />
          <Promotion live={live} />
        </div>
      </section>
      <section>
        <h2>{t('chess.moves')}</h2>
        <Moves live={live} />
      </section>
      <Chat live={live} />
    </div>
  );
}

/** Whose turn it is, or how it ended. */
export function statusText(game: Game): string {
  if (game.result) return outcomeText(game.result);
  if (!isRunning(game)) return t('chess.waiting');
  if (isMyTurn(game)) return t('chess.your-turn');
  return t('chess.turn-of', { color: colorName(turn(game)) });
}
