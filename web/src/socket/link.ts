import { PROTOCOL, parseServer } from '../wire';
import type { ClientMessage, ServerMessage } from '../wire';
import { Pulse, backOff } from './pulse';

/** Pings go out this long after the last pong. */
const PING_AFTER = 2000;
/** Without a pong for so long, the connection counts as lost, and the socket is given up. */
const SILENT_AFTER = 5000;
/** A ping has at least this long for its way there and back, however late it went out. */
const PONG_WITHIN = 2500;
const CHECK_EVERY = 250;

export type LinkState = 'connecting' | 'online' | 'reconnecting';

export interface LinkStatus {
  state: LinkState;
  /** When the next try is due, by `performance.now()`; null while one runs or none is needed. */
  retryAt: number | null;
  /** Median round trip in ms; null when unknown. */
  rtt: number | null;
}

/** The part of a WebSocket that a link uses; tests hand in another. */
export interface Wire {
  send(frame: string): void;
  close(): void;
}

/** What a link hears from a WebSocket. */
export interface WireEvents {
  opened(): void;
  received(data: unknown): void;
  closed(): void;
}

/** What a link needs from its surroundings. */
export interface LinkHost {
  open(protocol: string, events: WireEvents): Wire;
  /** Monotonic and wall milliseconds. */
  now(): number;
  wall(): number;
  chance(): number;
  after(ms: number, run: () => void): () => void;
  onMessage(message: ServerMessage): void;
  onStatus(status: LinkStatus): void;
}

/** One connection to the server that comes back by itself. It knows no table and no game. */
export class Link {
  private wire: Wire | null = null;
  private open = false;
  private everOpen = false;
  private attempt = 0;
  private lastPong = 0;
  /** When the ping that waits for its pong went out; null when none does. */
  private pingedAt: number | null = null;
  private stopTimer: () => void = () => {};
  private retryAt: number | null = null;
  private readonly pulse = new Pulse();

  constructor(private readonly host: LinkHost) {}

  connect(): void {
    this.stopTimer();
    this.retryAt = null;
    // Events of a socket that was given up are nobody's business any more.
    const mine = (run: () => void) => wire === this.wire && run();
    const wire: Wire = this.host.open(PROTOCOL, {
      opened: () => mine(() => this.opened()),
      received: (data) => mine(() => this.received(data)),
      closed: () => mine(() => this.lost()),
    });
    this.wire = wire;
    // A connection attempt that hangs is as good as a closed one.
    this.stopTimer = this.host.after(SILENT_AFTER * 2, () => this.drop());
    this.report();
  }

  /** Closes and connects anew at once, so that the socket carries a new cookie. */
  restart(): void {
    this.abandon();
    this.attempt = 0;
    this.everOpen = false;
    this.connect();
  }

  /** Tries at once instead of at the end of the wait; nothing when connected or under way. */
  tryNow(): void {
    if (this.retryAt !== null) this.connect();
  }

  /** Sends if the connection is open; says whether it did. */
  send(message: ClientMessage): boolean {
    if (!this.open || !this.wire) return false;
    this.wire.send(JSON.stringify(message));
    return true;
  }

  isOpen(): boolean {
    return this.open;
  }

  /** What to add to `Date.now()` for the server's time. */
  offset(): number {
    return this.pulse.offset();
  }

  private opened(): void {
    this.open = true;
    this.everOpen = true;
    this.attempt = 0;
    this.lastPong = this.host.now();
    this.ping();
    this.watch();
    this.report();
  }

  private received(data: unknown): void {
    if (typeof data !== 'string') return;
    const message = parseServer(data);
    if (!message) return;
    if (message.type === 'pong') this.ponged(message.at, message.now_at);
    else this.host.onMessage(message);
  }

  private ponged(sentAt: number, serverAt: number): void {
    this.lastPong = this.host.now();
    this.pingedAt = null;
    this.pulse.add(sentAt, this.lastPong, serverAt, this.host.wall());
    this.report();
  }

  private ping(): void {
    this.pingedAt = this.host.now();
    this.send({ type: 'ping', at: this.pingedAt });
  }

  private watch(): void {
    this.stopTimer();
    this.stopTimer = this.host.after(CHECK_EVERY, () => {
      // Timers of a hidden tab may be late by a minute: only an unanswered ping is silence.
      const now = this.host.now();
      if (this.pingedAt !== null && now - this.lastPong >= SILENT_AFTER && now - this.pingedAt >= PONG_WITHIN) return this.drop();
      if (this.pingedAt === null && now - this.lastPong >= PING_AFTER) this.ping();
      this.watch();
    });
  }

  private abandon(): void {
    this.stopTimer();
    const wire = this.wire;
    this.wire = null;
    this.open = false;
    wire?.close();
  }

  private drop(): void {
    this.abandon();
    this.lost();
  }

  private lost(): void {
    this.stopTimer();
    this.wire = null;
    this.open = false;
    const wait = backOff(this.attempt, this.host.chance());
    this.attempt += 1;
    this.retryAt = this.host.now() + wait;
    this.stopTimer = this.host.after(wait, () => this.connect());
    this.report();
  }

  private report(): void {
    const lost = this.everOpen || this.attempt > 0;
    const state: LinkState = this.open ? 'online' : lost ? 'reconnecting' : 'connecting';
    this.host.onStatus({ state, retryAt: this.retryAt, rtt: this.open ? this.pulse.rtt() : null });
  }
}
