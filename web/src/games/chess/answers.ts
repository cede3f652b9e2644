import { addMessages, t } from '../../i18n';
import messages from './answers.en.json';
import { clocksText, lastMoveText } from './facts';
import type { Game } from './game';
import { movesFrom, nextPiece, rays, scan, whereAre } from './grid';
import { askedPieces } from './parse';
import type { Command } from './parse';
import { pieceAt } from './rules';
import type { SquarePiece } from './rules';
import { colorOf, isChess960, liveFen, nameAt, opponent, presenceAt, shownPlies } from './select';
import { colorName, roleName, speakPiece, speakSan, speakSquare } from './speech';

addMessages(messages);

/** Answers to what a player asks by key or command, in words. */

type Place = { square: string; piece: SquarePiece };

export function lastCaptureText(game: Game): string {
  const ply = shownPlies(game).findLast((one) => one.capture);
  return ply ? speakSan(ply.san) : t('chess.say.no-capture');
}

export function opponentText(game: Game): string {
  const them = opponent(game);
  if (!them || game.you === null) return `${nameAt(game, 0) ?? ''}, ${nameAt(game, 1) ?? ''}`;
  const seat = 1 - game.you;
  return `${them.name}, ${colorName(colorOf(seat))}, ${t(`chess.presence.${presenceAt(game, seat)}`)}`;
}

/** The answer to a command that asks; undefined for one that does something. */
export function answer(game: Game, command: Command): string | undefined {
  switch (command.type) {
    case 'last':
      return lastMoveText(game);
    case 'clocks':
      return clocksText(game);
    case 'opponent':
      return opponentText(game);
    case 'help':
      return t('chess.input.help');
    case 'pieces':
      return piecesText(game, command.piece);
    case 'scan':
      return places(scan(liveFen(game), command.line)) || t('chess.say.empty');
    case 'illegal':
      return t('chess.illegal', { move: command.text });
    default:
      return undefined;
  }
}

function piecesText(game: Game, letter: string): string {
  const { color, role } = askedPieces(letter);
  const found = whereAre(liveFen(game), color, role);
  if (found.length === 0) return t('chess.say.none');
  if (role === undefined) return found.map(({ square, piece }) => `${roleName(piece.role)} ${speakSquare(square)}`).join(', ');
  return found.map(({ square }) => speakSquare(square)).join(', ');
}

function places(list: Place[]): string {
  return list.map(({ square, piece }) => `${speakSquare(square)} ${speakPiece(piece)}`).join(', ');
}

export function raysText(game: Game, square: string): string {
  return places(rays(liveFen(game), square)) || t('chess.say.none');
}

/** Where the piece on a square may go, in words. */
export function movesText(game: Game, square: string, capturesOnly: boolean): string {
  const targets = movesFrom(liveFen(game), square, isChess960(game), capturesOnly);
  return targets.length === 0 ? t('chess.say.none') : targets.map(speakSquare).join(', ');
}

/** The next square with a piece of that letter, from a square on. */
export function findNext(game: Game, from: string, role: string, backwards: boolean): string | undefined {
  return nextPiece(liveFen(game), from, role, backwards);
}

export function lineText(game: Game, line: string): string {
  return places(scan(liveFen(game), line)) || t('chess.say.empty');
}

export function pieceOn(game: Game, square: string): SquarePiece | undefined {
  return pieceAt(liveFen(game), square);
}
