import { batch, signal } from '@preact/signals';
import { t } from '../../i18n';
import { settings } from '../../settings';
import { Refused, act, connection, followTable, serverNow } from '../../socket';
import type { TableFollow } from '../../socket';
import type { TableMessage } from '../../wire';
import type { Game, GameAction } from './game';
import { react } from './reactions';
import { canonical, play, promotes } from './rules';
import { cursorAfter, isChess960, isMyTurn, liveFen } from './select';
import type { Input } from './state';
import { fromTable, reduce } from './state';
import type { ChessTable } from './wire';
import { View } from './view';

export interface MoveOptions {
  /** A piece already chosen: q r b n. */
  role?: string;
  /** Ask which piece, even when the setting says always a queen. */
  ask?: boolean;
  premove?: boolean;
}

/** A table as this page follows it: the state, how this tab looks at it, and everything a player can do. */
export class Live {
  readonly game = signal<Game | null>(null);
  readonly refusal = signal<Refused | null>(null);
  readonly view = new View();
  private follow: TableFollow | null = null;

  constructor(readonly table: string) {}

  start(): void {
    this.follow = followTable(this.table, {
      onTable: (message) => this.onTable(message),
      onEvents: (message) => this.input(message),
      onPresence: (message) => this.input(message),
      onReplaced: () => this.input({ type: 'replaced', table: this.table }),
      onRefused: (refusal) => (this.refusal.value = refusal),
    });
  }

  stop(): void {
    this.follow?.leave();
    this.follow = null;
  }

  /** Takes the seat back that another tab has taken. Only a whole table tells which seat that is. */
  playHere(): void {
    this.restart();
  }

  /** Asks for the whole table, as when what is known does not fit what is told. */
  restart(): void {
    this.start(); // following anew replaces the follower there is, without leaving the table
  }

  /** Takes the seat that is free, and learns which one it was. */
  async join(seat?: number): Promise<void> {
    await act(this.table, { type: 'sit', ...(seat !== undefined && { seat }) });
    this.restart();
  }

  /** Does an action, and reports a refusal to the player. Resolves when it is answered. */
  async act(action: GameAction, options: { quiet?: boolean; spentMs?: number } = {}): Promise<void> {
    const { type } = action;
    this.input({ type: 'local-sending', action: type });
    try {
      await act(this.table, action, options.spentMs === undefined ? {} : { spent_ms: options.spentMs });
      this.input({ type: 'local-answered', action: type });
    } catch (reason) {
      const text = reason instanceof Refused ? reason.message : t('chess.failed');
      this.input({ type: 'local-refused', action: type, ...(!options.quiet && { text }) });
    }
  }

  /** A move of the player's hand. Answers whether it was one; a promotion may still have to be chosen. */
  move(from: string, to: string, options: MoveOptions = {}): boolean {
    const game = this.game.value;
    if (!game || !isMyTurn(game) || this.view.cursor.value !== null) return this.redraw();
    const fen = liveFen(game);
    const needsRole = options.role === undefined && promotes(fen, from, to);
    if (needsRole && canonical(fen, `${from}${to}q`, isChess960(game)) === undefined) return this.redraw();
    if (needsRole && (options.ask || !settings.value.alwaysQueen)) {
      this.view.promotion.value = { from, to };
      return true;
    }
    const role = needsRole ? 'q' : (options.role ?? '');
    return this.play(`${from}${to}${promotes(fen, from, to) ? role : ''}`, options.premove ?? false);
  }

  /** Shows a move at once and sends it; false when it is not legal. */
  play(move: string, premove = false): boolean {
    const game = this.game.value;
    if (!game || !isMyTurn(game)) return this.redraw();
    const fen = liveFen(game);
    const uci = canonical(fen, move, isChess960(game));
    const ply = uci === undefined ? undefined : play(fen, uci);
    if (!ply) return this.redraw();
    const spentMs = premove ? 0 : Math.round(performance.now() - this.view.paintedAt);
    const held = connection.value.state !== 'online';
    const pending = { ply: game.plies.length, move: ply, spentMs, at: serverNow(), held };
    batch(() => {
      this.view.cursor.value = null;
      this.view.promotion.value = null;
      this.input({ type: 'local-move', move: pending });
    });
    if (!held) void this.act({ type: 'move', uci: ply.uci }, { spentMs });
    return true;
  }

  /** Leaves the choice of a piece without a move. */
  cancelPromotion(): void {
    this.view.promotion.value = null;
    this.redraw();
  }

  private redraw(): false {
    this.view.redraws.value += 1;
    return false;
  }

  private onTable(message: TableMessage): void {
    const before = this.game.value;
    const after = this.read(message as ChessTable, before);
    if (!after) return;
    this.refusal.value = null;
    this.become(before, after);
    this.release();
  }

  /** A start position that this client's rules do not know can be played on, but not be shown here. */
  private read(message: ChessTable, before: Game | null): Game | null {
    try {
      return fromTable(message, before ?? undefined);
    } catch (reason) {
      this.refusal.value = new Refused('internal', String(reason));
      return null;
    }
  }

  /** Any news, from the server or of this tab. */
  input(input: Input): void {
    const before = this.game.value;
    if (!before) return;
    this.become(before, reduce(before, input));
    if (input.type === 'events') this.release();
  }

  private become(before: Game | null, after: Game): void {
    batch(() => {
      const { view } = this;
      if (before) view.cursor.value = cursorAfter(view.cursor.value, before, after, settings.value.jumpToLive);
      this.game.value = after;
    });
    react(this, before, after);
    if (after.stale && !before?.stale) this.restart();
    if (before && isMyTurn(after) && after.plies !== before.plies) this.playPremove();
  }

  /** The move set before its turn came. An illegal one is dropped without a word. */
  private playPremove(): void {
    const premove = this.view.premove.value;
    this.view.premove.value = null;
    if (premove) this.move(premove.from, premove.to, { role: premove.role, premove: true });
  }

  /** Sends the move that waited for the connection, now that the table is known again. */
  private release(): void {
    const pending = this.game.value?.pending;
    if (!pending?.held || connection.value.state !== 'online') return;
    this.input({ type: 'local-released' });
    void this.act({ type: 'move', uci: pending.move.uci }, { spentMs: pending.spentMs });
  }
}
