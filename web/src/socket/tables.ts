import type { Action, ActMessage, ClientMessage, ErrorMessage, EventsMessage, PresenceMessage, TableEvent, TableMessage } from '../wire';
import { Refused } from './refused';

/** What a page wants to hear of a table it follows. Events come in order, without gaps, and each once. */
export interface TableHandlers {
  /** All of the table: at first, and whenever it was shorter than what was missed. Replaces what was known. */
  onTable(message: TableMessage): void;
  /** What happened since. `message.events` holds only events not handed over before; it may be empty. */
  onEvents(message: EventsMessage): void;
  onPresence?(message: PresenceMessage): void;
  /** My seat is played from another socket now. */
  onReplaced?(): void;
  /** The table cannot be followed: unknown, or not allowed. */
  onRefused?(refusal: Refused): void;
}

export interface TableFollow {
  /** Takes my seat back after `onReplaced`, or follows as a spectator with `watch`. */
  rejoin(options?: { watch?: boolean }): void;
  /** Stops following. */
  leave(): void;
  /** The number of the last event handed over. */
  seq(): number;
}

export interface ActOptions {
  /** How long the player thought, in ms by the client's own clock; 0 for a premove. */
  spent_ms?: number;
}

export interface Accepted {
  /** True when the server had done this action before, after a resend. */
  again: boolean;
}

interface Pending {
  message: ActMessage;
  sent: boolean;
  tries: number;
  resolve(result: Accepted): void;
  reject(refusal: Refused): void;
}

interface Followed {
  table: string;
  handlers: TableHandlers;
  seq: number;
  watch: boolean;
  /** Whether the server has answered the join of this connection. */
  synced: boolean;
}

export interface TablesHost {
  send(message: ClientMessage): boolean;
  lag(): number | null;
  newId(): string;
  after(ms: number, run: () => void): () => void;
}

const MAX_TRIES = 6;

/** The tables this client follows, and the actions that wait for an answer. */
export class Tables {
  private readonly followed = new Map<string, Followed>();
  private readonly pending = new Map<string, Pending>();

  constructor(private readonly host: TablesHost) {}

  follow(table: string, handlers: TableHandlers, watch = false): TableFollow {
    const entry: Followed = { table, handlers, seq: 0, watch, synced: false };
    this.followed.set(table, entry);
    this.join(entry);
    return {
      rejoin: (options) => {
        entry.watch = options?.watch ?? false;
        // Only the whole table says which seat is mine now.
        entry.seq = 0;
        this.join(entry);
      },
      leave: () => this.leave(entry),
      seq: () => entry.seq,
    };
  }

  act(table: string, action: Action, options: ActOptions = {}): Promise<Accepted> {
    const message: ActMessage = { type: 'act', table, id: this.host.newId(), action, ...options };
    const lag = this.host.lag();
    if (lag !== null) message.lag_ms = lag;
    return new Promise((resolve, reject) => {
      const pending: Pending = { message, sent: false, tries: 0, resolve, reject };
      this.pending.set(message.id, pending);
      if (this.ready(table)) this.send(pending);
    });
  }

  /** How many actions of a table wait for an answer. */
  waiting(table: string): number {
    let count = 0;
    for (const pending of this.pending.values()) if (pending.message.table === table) count += 1;
    return count;
  }

  connected(): void {
    for (const entry of this.followed.values()) this.join(entry);
    for (const pending of this.pending.values()) if (this.ready(pending.message.table)) this.send(pending);
  }

  disconnected(): void {
    for (const entry of this.followed.values()) entry.synced = false;
  }

  /** Tells the server that the player closed the page, as far as a dying page can. */
  bye(): void {
    for (const { table } of this.followed.values()) this.host.send({ type: 'leave', table, bye: true });
  }

  onTable(message: TableMessage): void {
    const entry = this.followed.get(message.table);
    if (!entry) return;
    entry.seq = message.seq;
    entry.handlers.onTable(message);
    this.synced(entry);
  }

  onEvents(message: EventsMessage): void {
    const entry = this.followed.get(message.table);
    if (entry) this.take(entry, message);
    if (message.ack !== undefined) this.settle(message.ack, false);
  }

  onPresence(message: PresenceMessage): void {
    this.followed.get(message.table)?.handlers.onPresence?.(message);
  }

  onReplaced(table: string): void {
    const entry = this.followed.get(table);
    if (!entry) return;
    entry.watch = true;
    entry.handlers.onReplaced?.();
  }

  onDone(id: string): boolean {
    return this.settle(id, true);
  }

  /** Whether the error belonged to a table or an action of one. */
  onError(error: ErrorMessage): boolean {
    if (error.id !== undefined) return this.refuse(error.id, Refused.from(error));
    const entry = error.table === undefined ? undefined : this.followed.get(error.table);
    entry?.handlers.onRefused?.(Refused.from(error));
    return entry !== undefined;
  }

  private take(entry: Followed, message: EventsMessage): void {
    const fresh = message.events.filter((event) => event.seq > entry.seq);
    if (hasGap(entry.seq, fresh)) {
      this.missed(entry);
      return;
    }
    entry.seq = fresh.at(-1)?.seq ?? entry.seq;
    entry.handlers.onEvents({ ...message, events: fresh });
    this.synced(entry);
  }

  /** Asks for what was missed; when the answer to that has a gap too, for the whole table. */
  private missed(entry: Followed): void {
    if (!entry.synced && entry.seq === 0) return;
    if (!entry.synced) entry.seq = 0;
    this.join(entry);
  }

  private join(entry: Followed): void {
    entry.synced = false;
    const { table, seq, watch } = entry;
    this.host.send({ type: 'join', table, ...(seq > 0 && { after: seq }), ...(watch && { watch }) });
  }

  private leave(entry: Followed): void {
    if (this.followed.get(entry.table) !== entry) return;
    this.followed.delete(entry.table);
    this.host.send({ type: 'leave', table: entry.table });
  }

  /** After the first answer to a join: what was not answered goes out again, with its id. */
  private synced(entry: Followed): void {
    if (entry.synced) return;
    entry.synced = true;
    for (const pending of this.pending.values()) if (pending.message.table === entry.table) this.send(pending);
  }

  private ready(table: string): boolean {
    return this.followed.get(table)?.synced ?? true;
  }

  private send(pending: Pending): void {
    pending.sent = this.host.send(pending.message);
  }

  private settle(id: string, again: boolean): boolean {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.resolve({ again });
    return pending !== undefined;
  }

  private refuse(id: string, refusal: Refused): boolean {
    const pending = this.pending.get(id);
    if (!pending) return false;
    pending.tries += 1;
    if (refusal.again && pending.tries < MAX_TRIES) {
      this.host.after(Math.max(200, refusal.retryMs), () => this.pending.has(id) && this.send(pending));
      return true;
    }
    this.pending.delete(id);
    pending.reject(refusal);
    return true;
  }
}

function hasGap(known: number, fresh: readonly TableEvent[]): boolean {
  return fresh.some((event, index) => event.seq !== known + 1 + index);
}
