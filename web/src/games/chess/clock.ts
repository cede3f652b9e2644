import { daysLeft } from '../../control';
import type { Clocks, TimeControl } from '../../wire';

/** What a clock shows, from what the server said and what time it is there. Pure; milliseconds throughout. */

/** `2 d 5 h` from a day on, `1:02:03` from an hour on, `0:17` from ten seconds on, `0:08.7` below. Floors, so that 0 is really 0. */
export function formatClock(ms: number): string {
  const left = Math.max(0, ms);
  const seconds = Math.floor(left / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return daysLeft(left) ?? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  const short = `${minutes}:${two(seconds % 60)}`;
  return left < 10_000 ? `${short}.${Math.floor((left % 1000) / 100)}` : short;
}

/** Below this a clock is red: a tenth of the initial time, between 5 and 30 seconds; an hour where a turn has days. */
export function emergencyMs(control: TimeControl | null): number {
  if (!control) return 0;
  if (control.days) return 3_600_000;
  return Math.min(30_000, Math.max(5_000, control.initial_ms / 10));
}

/** Whether time runs off this seat's clock now. A held clock waits. */
export function isTicking(clocks: Clocks, seat: number): boolean {
  return clocks.running === seat && !clocks.held;
}

/** The time left at a moment of the server's clock; never more than the server said. */
export function leftAt(clocks: Clocks, seat: number, serverNow: number): number {
  const said = clocks.left_ms[seat] ?? 0;
  if (!isTicking(clocks, seat)) return said;
  return Math.max(0, said - Math.max(0, serverNow - clocks.at));
}

/**
 * One seat's clock as shown. Between two messages of the server it only goes down, even when the estimate of the
 * server's time is corrected meanwhile.
 */
export class ClockFace {
  private said: Clocks | null = null;
  private lowest = Infinity;

  constructor(private readonly seat: number) {}

  shown(clocks: Clocks, serverNow: number): number {
    if (clocks !== this.said) {
      this.said = clocks;
      this.lowest = Infinity;
    }
    this.lowest = Math.min(this.lowest, leftAt(clocks, this.seat, serverNow));
    return this.lowest;
  }
}

/** The seconds at which the time left is spoken without being asked for. */
const MARKS = [30, 10, 5];

/** The mark passed between two looks at a clock, or undefined. */
export function passedMark(beforeMs: number, nowMs: number): number | undefined {
  return MARKS.find((mark) => beforeMs > mark * 1000 && nowMs <= mark * 1000);
}

/** When to ask the server about a fallen flag: at 0.0, then every second while it has not ruled, ten times at most. */
export class FlagClaims {
  private said: Clocks | null = null;
  private asked = 0;
  private nextAt = 0;

  due(clocks: Clocks, leftMs: number, now: number): boolean {
    if (clocks !== this.said) {
      this.said = clocks;
      this.asked = 0;
      this.nextAt = 0;
    }
    if (leftMs > 0 || this.asked >= 10 || now < this.nextAt) return false;
    this.asked += 1;
    this.nextAt = now + 1000;
    return true;
  }
}

/** The time a move took: `0.8 s`, `14 s`, `2:05`. */
export function formatSpent(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : formatClock(ms);
}
