import { signal } from '@preact/signals';

/** A move set on the opponent's time. Squares are like `e2`. */
export interface Premove {
  from: string;
  to: string;
  /** What a pawn becomes at the end: q r b n. */
  role: string;
}

/** A move that waits for the choice of a piece. */
export interface PromotionAsk {
  from: string;
  to: string;
}

/** How this tab looks at the game. None of it is known to the server. */
export class View {
  /** The ply looked at; null follows the game. */
  readonly cursor = signal<number | null>(null);
  readonly flipped = signal(false);
  readonly zen = signal(false);
  readonly premove = signal<Premove | null>(null);
  readonly promotion = signal<PromotionAsk | null>(null);
  readonly chatOpen = signal(false);
  readonly chatMuted = signal(false);
  /** Lines of chat not yet seen, on screens where the chat is in a drawer. */
  readonly unread = signal(0);
  readonly endCardOpen = signal(true);
  /** The time to claim of an absent opponent that the player chose to wait for. */
  readonly waitsFor = signal<number | undefined>(undefined);
  /** Grows when the king is to flash: the player tried to leave it in check. */
  readonly kingFlash = signal(0);
  /** Grows when the board is to be drawn again as the state has it, after a move that came to nothing. */
  readonly redraws = signal(0);
  /** The player typed `resign` once, and was asked to type it again. */
  resigning = false;
  /** When the position to answer was painted, by `performance.now()`. */
  paintedAt = 0;
}
