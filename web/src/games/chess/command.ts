import { t } from '../../i18n';
import { settings } from '../../settings';
import type { Live } from './live';
import { parseLine } from './parse';
import type { Command } from './parse';
import { isChess960, isMyTurn, liveFen } from './select';

/** What is typed into the field for moves, done. */

/** Does what a line says; answers what is to be said about it, empty when the game says it by itself. */
export async function run(live: Live, line: string): Promise<string> {
  const game = live.game.value;
  if (!game) return '';
  const command = parseLine(line, liveFen(game), isChess960(game));
  if (DOES.has(command.type)) return perform(live, command);
  const { answer } = await import('./answers');
  return answer(game, command) ?? '';
}

/** Commands that do something; the others ask, and their answers are a chunk of its own. */
const DOES = new Set<Command['type']>(['move', 'do', 'board', 'empty']);

function perform(live: Live, command: Command): string {
  const game = live.game.value;
  switch (command.type) {
    case 'move':
      if (!game || !isMyTurn(game)) return t('chess.not-your-turn');
      live.view.cursor.value = null;
      live.play(command.uci);
      return '';
    case 'do':
      return act(live, command.action);
    case 'board':
      return jump(command.square);
    default:
      return '';
  }
}

/** A spectator has no say. Resigning is asked back once, as with the button. */
function act(live: Live, action: 'resign' | 'draw' | 'takeback'): string {
  const game = live.game.value;
  if (!game || game.you === null || game.result) return t('chess.not-playing');
  if (action === 'resign' && settings.value.confirmResign && !live.view.resigning) {
    live.view.resigning = true;
    setTimeout(() => (live.view.resigning = false), 10_000);
    return t('chess.resign-again');
  }
  live.view.resigning = false;
  void live.act({ type: action });
  return t(`chess.did.${action}`);
}

function jump(square: string): string {
  const cell = document.getElementById(`sq-${square}`);
  if (!cell) return t('chess.input.no-grid');
  cell.focus();
  return '';
}
