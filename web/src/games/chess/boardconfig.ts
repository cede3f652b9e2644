import type { Config } from '@lichess-org/chessground/config';
import type { Key } from '@lichess-org/chessground/types';
import type { Settings } from '../../settings';
import type { Game } from './game';
import { destinations, positionOf, turnOf } from './rules';
import type { Color } from './rules';
import { fenAfter, isChess960, isMyTurn, isRunning, myColor, shownPlies } from './select';

/** What the board is to show and to allow; it knows no rules itself. */

export interface Look {
  cursor: number | null;
  below: Color;
  /** A promotion is being chosen: nothing else may move. */
  choosing: boolean;
  animated: boolean;
}

export function boardConfig(game: Game, look: Look, settings: Settings): Config {
  const plies = shownPlies(game);
  const at = look.cursor ?? plies.length;
  const ply = plies[at - 1];
  const fen = fenAfter(game, at);
  return {
    fen,
    orientation: look.below,
    turnColor: turnOf(fen),
    lastMove: ply ? [ply.uci.slice(0, 2) as Key, ply.uci.slice(2, 4) as Key] : [],
    check: positionOf(fen).isCheck(),
    coordinates: settings.coordinates !== 'off',
    highlight: { lastMove: settings.showLastMove, check: settings.showCheck, custom: unsent(game, look) },
    animation: { enabled: look.animated, duration: 160 },
    ...moving(game, look, settings, fen),
  };
}

/** The square of a move that waits for the connection. */
function unsent(game: Game, look: Look): Map<Key, string> {
  const { pending } = game;
  if (!pending?.held || look.cursor !== null) return new Map();
  return new Map([[pending.move.uci.slice(2, 4) as Key, 'unsent']]);
}

function moving(game: Game, look: Look, settings: Settings, fen: string): Pick<Config, 'movable' | 'premovable'> {
  const color = look.cursor === null && !look.choosing && isRunning(game) ? myColor(game) : undefined;
  const dests = color && isMyTurn(game) ? destinations(fen, isChess960(game)) : new Map<Key, Key[]>();
  return {
    // Nobody's colour must be said too, or the board keeps the last one; its type has no word for that.
    movable: { free: false, color: color as Color, dests, showDests: settings.showDests, rookCastle: true },
    premovable: { enabled: settings.premove && color !== undefined, showDests: settings.showDests },
  };
}

/** Two moves within this time are not animated: the eye could not follow. */
const BURST = 100;

/** Whether the step to this state slides. Not with less than 10 s on any clock of a quick game, not in a burst. */
export function animates(game: Game, sinceLast: number, leftMs: number): boolean {
  if (sinceLast < BURST) return false;
  const quick = ['ultrabullet', 'bullet', 'blitz'].includes(game.info.speed.toLowerCase());
  return !(quick && leftMs < 10_000);
}
