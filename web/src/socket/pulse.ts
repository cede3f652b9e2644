/** What pings tell about the way to the server: how long it is, and what its clock says. */

const RTTS = 5;
const OFFSETS = 10;

interface Sample {
  rtt: number;
  offset: number;
}

export class Pulse {
  private samples: Sample[] = [];

  /** A pong: when its ping went out and when it came back by the local clock, and the server's time in it. All ms. */
  add(sent: number, received: number, serverAt: number, wall: number): void {
    const rtt = Math.max(0, received - sent);
    this.samples.push({ rtt, offset: serverAt + rtt / 2 - wall });
    if (this.samples.length > OFFSETS) this.samples.shift();
  }

  /** The median round trip of the last five pings, in ms; null before the first. */
  rtt(): number | null {
    const last = this.samples.slice(-RTTS).map((sample) => sample.rtt);
    if (last.length === 0) return null;
    last.sort((a, b) => a - b);
    return Math.round(last[last.length >> 1] ?? 0);
  }

  /** What to add to the local wall clock for the server's: the guess of the quickest of the last ten pings. */
  offset(): number {
    let best: Sample | null = null;
    for (const sample of this.samples) if (!best || sample.rtt < best.rtt) best = sample;
    return best ? best.offset : 0;
  }
}

/**
 * Waits before the tries to connect, in ms, and up to which try each holds. A server that restarts is found again within
 * three seconds, as long as it is away for less than a minute; then browsers come less often.
 */
const BACK_OFF = [
  { below: 1, wait: 500 },
  { below: 2, wait: 1000 },
  { below: 30, wait: 2000 },
  { below: 45, wait: 4000 },
] as const;
const BACK_OFF_AT_LAST = 8000;

/** How long to wait before the nth try after a loss (from 0), with `chance` 0..1 spreading it by a fifth either way. */
export function backOff(attempt: number, chance: number): number {
  const base = BACK_OFF.find((step) => attempt < step.below)?.wait ?? BACK_OFF_AT_LAST;
  return Math.round(base * (0.8 + 0.4 * chance));
}
