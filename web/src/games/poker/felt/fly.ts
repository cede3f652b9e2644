import { useLayoutEffect, useRef } from 'preact/hooks';
import { settings } from '../../../settings';
import type { Point } from '../geometry';
import type { Scene } from '../scene';
import type { Room } from '../state/room';

/** Chips that move: bets to the pot when a street ends, the pot to who won it. */

const TO_POT = 300;
const TO_WINNER = 500;
const MIDDLE: Point = { x: 0, y: -14 };

interface Flight {
  from: Point;
  to: Point;
  lasts: number;
}

/** What moves between two pictures of the same table. */
export function flights(before: Scene, after: Scene): Flight[] {
  const swept = before.seats.filter(({ bet }, i) => bet > 0 && after.seats[i]?.bet === 0);
  const street = after.seats.every(({ bet }) => bet === 0);
  const home = street ? swept.map(({ spot }) => ({ from: spot.bet, to: MIDDLE, lasts: TO_POT })) : [];
  const won = after.seats.filter(({ won }, i) => won > 0 && before.seats[i]?.won !== won);
  return [...home, ...won.map(({ spot }) => ({ from: MIDDLE, to: { x: spot.x * 0.8, y: spot.y * 0.8 }, lasts: TO_WINNER }))];
}

/** Animates what changed, unless the player wants no motion or does not look. */
export function useFlights(box: { current: HTMLDivElement | null }, room: Room, scene: Scene): void {
  const before = useRef<{ number: number; scene: Scene } | null>(null);
  useLayoutEffect(() => {
    const last = before.current;
    before.current = { number: room.number, scene };
    if (!last || last.number !== room.number || last.scene.seats.length !== scene.seats.length || still()) return;
    for (const flight of flights(last.scene, scene)) fly(box.current, flight);
  }, [room.hand]);
}

function still(): boolean {
  return document.hidden || settings.value.reduceMotion || matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function fly(box: HTMLElement | null, { from, to, lasts }: Flight): void {
  if (!box) return;
  const chip = document.createElement('span');
  chip.className = 'flying';
  box.append(chip);
  const { width, height } = box.getBoundingClientRect();
  const place = ({ x, y }: Point): string => `translate(${((50 + x) * width) / 100}px, ${((50 + y) * height) / 100}px)`;
  const move = chip.animate([{ transform: place(from) }, { transform: place(to) }], { duration: lasts, easing: 'ease-in-out' });
  move.onfinish = move.oncancel = () => chip.remove();
}
