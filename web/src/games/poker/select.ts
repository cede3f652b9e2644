import { t } from '../../i18n';
import type { Hand } from './state/hand';
import type { Room } from './state/room';
import type { Chair, HandPlayer, Legal, Stakes } from './wire';
import { chips } from './money';

/** Questions to the state. None of them changes anything. */

/** The viewer's place in the hand; undefined for who is not dealt in. */
export function ownPlayer({ hand, you, chairs }: Room): HandPlayer | undefined {
  if (!hand || you === null || !chairs[you]?.taken) return undefined;
  return hand.players.find((player) => player.seat === you);
}

export function ownChair({ you, chairs }: Room): Chair | undefined {
  return you === null ? undefined : chairs[you];
}

export function isRunning(room: Room): boolean {
  return room.hand !== null && !room.hand.over;
}

/** What the viewer may do now; null when it is not their turn. */
export function ownLegal(room: Room): Legal | null {
  const me = ownPlayer(room);
  const turn = room.hand?.turn;
  return me && turn && turn.pos === me.pos ? turn.legal : null;
}

/** The viewer is asked how often the rest of the board is to be dealt. */
export function isAsked(room: Room): boolean {
  const me = ownPlayer(room);
  return me !== undefined && (room.hand?.asked.includes(me.pos) ?? false);
}

/** Something waits for the viewer. */
export function isMyTurn(room: Room): boolean {
  return ownLegal(room) !== null || isAsked(room);
}

/** Play money that cannot be bought again. */
export function isTournament({ stakes }: Room): boolean {
  return !stakes.max_buy_in;
}

export function nameAt(room: Room, seat: number): string {
  return room.seats[seat]?.name ?? t('poker.seat.nobody');
}

export function nameOf(room: Room, pos: number): string {
  return nameAt(room, room.hand?.players[pos]?.seat ?? -1);
}

export function bigBlindOf(room: Room): number {
  return room.hand?.big_blind ?? room.stakes.big_blind;
}

/** The game in a few letters: NLH, PLO8. */
export function shortGame({ variant, structure }: Pick<Stakes, 'variant' | 'structure'>): string {
  return t(`poker.short.${variant}.${structure}`);
}

/** The blinds, and the ante behind a point: 25/50, 100/200 · 200. */
export function stakesText({ small_blind, big_blind, ante }: Pick<Stakes, 'small_blind' | 'big_blind' | 'ante'>): string {
  const blinds = `${chips(small_blind)}/${chips(big_blind)}`;
  return ante ? `${blinds} · ${chips(ante)}` : blinds;
}

/** The stakes of now: those of the level, where blinds go up. */
export function stakesNow({ stakes, level }: Room): Pick<Stakes, 'small_blind' | 'big_blind' | 'ante'> {
  return (level > 0 ? stakes.levels?.[level - 1] : undefined) ?? stakes;
}

/** Those who can be dealt in. */
export function ready(room: Room): number {
  return room.chairs.filter((chair) => chair.taken && chair.stack > 0 && !chair.out && !chair.leaving).length;
}

/** Seats that nobody holds. */
export function freeSeats({ chairs }: Room): number[] {
  return chairs.flatMap((chair, seat) => (chair.taken ? [] : [seat]));
}

/** A bet is the first of its street, and a raise any after it. */
export function isBet(hand: Hand): boolean {
  return hand.price === 0;
}
