import { t } from '../../i18n';
import type { Game } from './game';
import { outcomeText } from './outcome';
import { colorOf, controlName, isMyTurn, nameAt, opponent } from './select';
import { colorName, speakSan, speakTime } from './speech';

/** What is to be said after the state went from one to the next. */
export interface Said {
  /** Needs the player now. */
  urgent: string[];
  calm: string[];
}

/** Words for what changed; nothing for what the player did here and saw. `leftMs` is the player's own time, if any. */
export function changes(before: Game, after: Game, leftMs: number | undefined): Said {
  const said: Said = { urgent: [], calm: [] };
  sayStart(before, after, said);
  sayMove(before, after, leftMs, said);
  sayTakeback(before, after, said);
  sayOffers(before, after, said);
  sayEnd(before, after, said);
  sayPresence(before, after, said);
  if (after.notice.serial !== before.notice.serial) said.urgent.push(after.notice.text);
  return said;
}

function name(game: Game, seat: number): string {
  return nameAt(game, seat) ?? colorName(colorOf(seat));
}

function sayStart(before: Game, after: Game, said: Said): void {
  if (before.waiting && !after.waiting) said.urgent.push(startText(after));
}

/** "Game started, you are White against Alice, 3 minutes plus 2". */
export function startText(game: Game): string {
  const { control } = game.info;
  const clock = control?.days
    ? (controlName(game) ?? '')
    : control
    ? t('chess.say.control', { time: speakTime(control.initial_ms), increment: control.increment_ms / 1000 })
    : t('chess.unlimited');
  if (game.you === null) return t('chess.say.started-watch', { white: name(game, 0), black: name(game, 1), clock });
  const them = opponent(game)?.name ?? '';
  return t('chess.say.started', { color: colorName(colorOf(game.you)), name: them, clock });
}

function sayMove(before: Game, after: Game, leftMs: number | undefined, said: Said): void {
  const ply = after.plies.at(-1);
  if (!ply || after.plies.length <= before.plies.length) return;
  const seat = after.initialFen.split(' ')[1] === 'b' ? after.plies.length % 2 : (after.plies.length - 1) % 2;
  if (seat === after.you) {
    said.calm.push(speakSan(ply.san));
    return;
  }
  const played = t('chess.say.played', { name: name(after, seat), move: speakSan(ply.san) });
  if (!isMyTurn(after)) said.calm.push(played);
  else said.urgent.push(leftMs === undefined ? played : `${played} ${t('chess.say.left', { time: speakTime(leftMs) })}`);
}

function sayTakeback(before: Game, after: Game, said: Said): void {
  if (after.plies.length < before.plies.length) said.urgent.push(t('chess.say.taken-back'));
}

function sayOffers(before: Game, after: Game, said: Said): void {
  sayOffer(before.drawBy, after.drawBy, after, 'draw', said);
  sayOffer(before.takebackBy, after.takebackBy, after, 'takeback', said);
  sayOffer(before.rematchBy, after.rematchBy, after, 'rematch', said);
}

function sayOffer(was: number | null, is: number | null, game: Game, what: string, said: Said): void {
  if (was === is || game.you === null) return;
  if (is !== null && is !== game.you) said.urgent.push(t(`chess.say.offers-${what}`, { name: name(game, is) }));
  const declined = was === game.you && is === null && game.result === null && game.plies.length > 0;
  if (declined && what !== 'rematch') said.calm.push(t(`chess.say.no-${what}`));
}

function sayEnd(before: Game, after: Game, said: Said): void {
  if (!before.result && after.result) said.urgent.push(t('chess.say.over', { outcome: outcomeText(after.result) }));
}

function sayPresence(before: Game, after: Game, said: Said): void {
  if (after.you === null || after.result) return;
  const seat = 1 - after.you;
  const was = before.presence[seat]?.state;
  const is = after.presence[seat]?.state;
  if (was === 'online' && is === 'away') said.calm.push(t('chess.say.left-game', { name: name(after, seat) }));
  if (was === 'away' && is === 'online') said.calm.push(t('chess.say.is-back', { name: name(after, seat) }));
}
