import { t } from '../../i18n';
import { Button } from '../../ui/button';
import type { Game } from './game';
import type { Live } from './live';
import { isRunning } from './select';
import type { ChessAction } from './wire';

interface Question {
  text: string;
  yes: ChessAction['type'];
  no: ChessAction['type'];
}

const DRAW: Question = { text: 'chess.ask.draw', yes: 'draw', no: 'draw-decline' };
const TAKEBACK: Question = { text: 'chess.ask.takeback', yes: 'takeback', no: 'takeback-decline' };

/** What the opponent asks for, if anything. */
export function promptOf(game: Game): Question | undefined {
  if (game.you === null || !isRunning(game)) return undefined;
  const them = 1 - game.you;
  if (game.drawBy === them) return DRAW;
  return game.takebackBy === them ? TAKEBACK : undefined;
}

/** The opponent's question with its two answers, in place of the own name beside the own clock. */
export function Prompt({ live }: { live: Live }) {
  const question = live.game.value && promptOf(live.game.value);
  if (!question) return null;
  const answer = (type: ChessAction['type']) => live.act({ type } as ChessAction);
  return (
    <div class="prompt" role="group" aria-label={t(question.text)}>
      <b>{t(question.text)}</b>
      <Button kind="primary" onPress={() => answer(question.yes)}>
        {t('chess.accept')}
      </Button>
      <Button onPress={() => answer(question.no)}>{t('chess.decline')}</Button>
    </div>
  );
}
