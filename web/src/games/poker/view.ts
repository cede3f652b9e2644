import { signal } from '@preact/signals';
import type { Ahead } from './actions/ahead';

/** What is open over the table. */
export type Layer = 'history' | 'chat' | 'menu' | 'buy' | 'host' | 'keys' | null;

/** How this tab looks at the table. None of it is known to the server. */
export class View {
  /** What the player set before the turn came. */
  readonly ahead = signal<Ahead | null>(null);
  /** The size of a bet or a raise as it is being set; null is the smallest. */
  readonly to = signal<number | null>(null);
  /** The panel of sizes, on screens where it is not always there. */
  readonly sizing = signal(false);
  /** A fold that costs nothing, or an all-in, is asked about once. */
  readonly confirm = signal<'fold' | 'all-in' | null>(null);
  readonly layer = signal<Layer>(null);
  /** The seat somebody is about to take; null is none. */
  readonly sitAt = signal<number | null>(null);
  readonly chatMuted = signal(false);
  readonly unread = signal(0);
  /** By `performance.now()`: until then buttons that have just come do not react. */
  readonly armedAt = signal(0);
}
