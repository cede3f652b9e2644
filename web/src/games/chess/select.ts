import type { Player, SeatPresence } from '../../wire';
import { controlName as nameOfControl, formatControl } from '../../control';
import { t } from '../../i18n';
import type { Game, PlayedPly } from './game';
import type { Color } from './rules';
import { turnOf } from './rules';

/** Questions to the state. None of them changes anything. */

export const COLORS: readonly Color[] = ['white', 'black'];

export function seatOf(color: Color): number {
  return color === 'white' ? 0 : 1;
}

export function colorOf(seat: number): Color {
  return seat === 1 ? 'black' : 'white';
}

export function opposite(color: Color): Color {
  return color === 'white' ? 'black' : 'white';
}

/** The plies as shown: what is confirmed, and the own move on its way. */
export function shownPlies(game: Game): readonly PlayedPly[] {
  const { pending } = game;
  return pending ? [...game.plies, { ...pending.move, spentMs: null }] : game.plies;
}

/** The position after so many plies; 0 is the start. */
export function fenAfter(game: Game, ply: number): string {
  return shownPlies(game)[ply - 1]?.fen ?? game.initialFen;
}

export function liveFen(game: Game): string {
  return fenAfter(game, shownPlies(game).length);
}

export function turn(game: Game): Color {
  return turnOf(liveFen(game));
}

export function isOver(game: Game): boolean {
  return game.result !== null;
}

/** The player's own colour; undefined for a spectator. */
export function myColor(game: Game): Color | undefined {
  return game.you === null ? undefined : colorOf(game.you);
}

/** Players are seated, and nothing has ended the game. */
export function isRunning(game: Game): boolean {
  return !game.waiting && game.result === null;
}

/** The player may move now, as far as this tab knows. */
export function isMyTurn(game: Game): boolean {
  return isRunning(game) && myColor(game) === turn(game);
}

export function canAbort(game: Game): boolean {
  return game.plies.length < 2 && !game.noAbort && isRunning(game);
}

export function opponent(game: Game): Player | null {
  return game.you === null ? null : (game.seats[1 - game.you] ?? null);
}

/** The name of who sits there, or undefined for a free seat. */
export function nameAt(game: Game, seat: number): string | undefined {
  return game.seats[seat]?.name;
}

export function presenceAt(game: Game, seat: number): SeatPresence['state'] {
  if (game.seats[seat]?.house !== undefined) return 'online';
  return game.presence[seat]?.state ?? (game.seats[seat] ? 'online' : 'free');
}

/** An action of this type was sent and is not answered yet. */
export function isSending(game: Game, type: string): boolean {
  return game.sending.includes(type);
}

export function isChess960(game: Game): boolean {
  return game.variant === 'chess960';
}

/** The time control as the protocol writes it, `3+2`; undefined without clocks. */
export function controlName(game: Game): string | undefined {
  const { control } = game.info;
  if (!control) return undefined;
  if (control.days) return nameOfControl(`${control.days}d`);
  return formatControl({ minutes: control.initial_ms / 60_000, increment: control.increment_ms / 1000 });
}

/** The ply to look at after the state changed; null follows the game. See spec: no jump while somebody reads back. */
export function cursorAfter(cursor: number | null, before: Game, after: Game, jump: boolean): number | null {
  if (cursor === null) return null;
  const plies = shownPlies(after).length;
  if (cursor >= plies) return null;
  const becameMine = isMyTurn(after) && !isMyTurn(before);
  return becameMine && jump ? null : cursor;
}

/** What the players may not do, in words. */
export function rulesText(game: Game): string[] {
  const { no_rematch, no_give_time, no_claim_win } = game.info.rules ?? {};
  const rules: [unknown, string][] = [
    [game.noAbort, 'no-abort'],
    [no_rematch, 'no-rematch'],
    [no_give_time, 'no-give-time'],
    [no_claim_win, 'no-claim-win'],
    [game.drawFrom > 2, 'no-early-draw'],
  ];
  return rules.filter(([on]) => on).map(([, name]) => t(`chess.rule.${name}`));
}
