import { batch, computed, signal } from '@preact/signals';
import { t } from '../../i18n';
import { settings } from '../../settings';
import { Refused, act, followTable } from '../../socket';
import type { TableFollow } from '../../socket';
import type { EventsMessage, TableMessage } from '../../wire';
import { poker } from './api';
import { holds, resolve } from './actions/ahead';
import type { Ahead } from './actions/ahead';
import { owes, refill } from './actions/upkeep';
import { noted } from './history/past';
import type { PastHand } from './history/past';
import { Pacer, framesOf } from './pacer';
import { react } from './reactions';
import { isMyTurn, ownLegal } from './select';
import type { Input } from './state/reduce';
import { fromTable, reduce } from './state/reduce';
import type { Room } from './state/room';
import type { PokerAction, PokerTable } from './wire';
import { View } from './view';

type RoomAction = PokerAction | { type: 'chat'; text: string };

/** Buttons that have just come up do not react for so long, against clicks that were meant for others. */
const ARMING = 250;

/** A table as this page follows it: the state, what of it is shown already, and everything a player can do. */
export class Live {
  /** What is known; actions are judged by it. */
  readonly room = signal<Room | null>(null);
  /** What is on the screen: the same, a moment later while cards are being turned. */
  readonly shown = signal<Room | null>(null);
  readonly refusal = signal<Refused | null>(null);
  readonly view = new View();
  /** The buttons of the own turn are there. */
  readonly acting = computed(() => this.shown.value === this.room.value && this.room.value !== null && isMyTurn(this.room.value));
  /** The hands seen here, the newest first. */
  readonly past = signal<readonly PastHand[]>([]);
  /** What everybody had when the hand began, by seat. */
  private began: { number: number; stacks: ReadonlyMap<number, number> } = { number: 0, stacks: new Map() };
  private follow: TableFollow | null = null;
  /** The account was found empty when the stack was to be topped up. */
  private broke = false;
  private readonly pacer = new Pacer((room) => this.display(room));

  constructor(readonly table: string) {}

  start(): void {
    this.follow = followTable(this.table, {
      onTable: (message) => this.onTable(message),
      onEvents: (message) => this.onEvents(message),
      onPresence: (message) => this.input(message),
      onReplaced: () => this.input({ type: 'replaced', table: this.table }),
      onRefused: (refusal) => (this.refusal.value = refusal),
    });
  }

  stop(): void {
    this.pacer.skip();
    this.follow?.leave();
    this.follow = null;
  }

  /** Asks for the whole table: to take a seat back, and when what is known does not fit what is told. */
  restart(): void {
    this.start(); // following anew replaces the follower there is, without leaving the table
  }

  /** Takes a seat, and learns that it did. */
  async sit(action: Extract<PokerAction, { type: 'sit' }>): Promise<void> {
    await act(this.table, action);
    this.restart();
  }

  /** Does an action, and reports a refusal to the player. Resolves when it is answered. */
  async act(action: RoomAction): Promise<void> {
    const { type } = action;
    this.input({ type: 'local-sending', action: type });
    try {
      await act(this.table, action);
      this.input({ type: 'local-answered', action: type });
    } catch (reason) {
      const text = reason instanceof Refused ? reason.message : t('poker.failed');
      this.input({ type: 'local-refused', action: type, text });
    }
  }

  /** An action of the own turn: the buttons go at once, and what was set for it is forgotten. */
  decide(action: PokerAction): void {
    const { view } = this;
    if (!this.room.value || !isMyTurn(this.room.value) || this.room.value.sending.length > 0) return;
    batch(() => {
      view.to.value = null;
      view.sizing.value = false;
      view.confirm.value = null;
    });
    void this.act(action);
  }

  setAhead(ahead: Ahead | null): void {
    this.view.ahead.value = ahead;
  }

  /** Does not wait for what is still being shown. */
  skip(): void {
    this.pacer.skip();
  }

  private onTable(message: TableMessage): void {
    if (message.kind !== 'poker') {
      this.refusal.value = new Refused('unknown-table', t('poker.unknown.text'));
      return;
    }
    this.pacer.skip();
    this.refusal.value = null;
    const before = this.room.value;
    const room = fromTable(message as PokerTable, before ?? undefined);
    this.room.value = room;
    this.display(room);
    this.changed(before, room);
  }

  private onEvents(message: EventsMessage): void {
    const before = this.room.value;
    if (!before) return;
    const frames = framesOf(before, message);
    const room = frames.at(-1)?.room ?? before;
    const hurry = document.hidden || settings.value.reduceMotion;
    batch(() => {
      this.room.value = room;
      this.pacer.play(frames, hurry);
    });
    this.changed(before, room);
    if (room.stale && !before.stale) this.restart();
  }

  /** News that changes nothing on the felt. */
  input(input: Input): void {
    const before = this.room.value;
    if (!before) return;
    const room = reduce(before, input);
    const shown = this.shown.value;
    batch(() => {
      this.room.value = room;
      if (shown === before) this.display(room);
      else if (shown) this.shown.value = reduce(shown, input);
    });
  }

  private display(room: Room): void {
    const before = this.shown.value;
    if (before === room) return;
    const newest = this.room.value;
    batch(() => {
      this.shown.value = room;
      if (room === newest && isMyTurn(room) && !(before && isMyTurn(before))) this.view.armedAt.value = performance.now() + ARMING;
    });
    this.noteHand(room);
    react(this, before, room);
  }

  /** Of a hand that was joined in the middle the stacks at its beginning are those of the chairs. */
  private noteHand(room: Room): void {
    if (room.hand && !room.hand.over && this.began.number !== room.number) {
      this.began = { number: room.number, stacks: new Map(room.chairs.map((chair, seat) => [seat, chair.stack])) };
    }
    if (this.began.number === room.number) this.past.value = noted(this.past.value, room, this.began.stacks);
  }

  /** What follows from the state of now, shown or not: an action that was set, a size that is gone. */
  private changed(before: Room | null, after: Room): void {
    const { view } = this;
    const mine = isMyTurn(after);
    this.keepUp(before, after);
    if (!mine || !before || !isMyTurn(before)) {
      view.to.value = null;
      view.sizing.value = false;
      view.confirm.value = null;
    }
    const ahead = view.ahead.value;
    if (!ahead) return;
    const legal = ownLegal(after);
    const action = legal && holds(ahead, after) ? resolve(ahead, legal) : null;
    if (legal || !holds(ahead, after)) view.ahead.value = null;
    if (action) void this.act(action);
  }

  /** Does for the seat what its player has set. */
  private keepUp(before: Room | null, after: Room): void {
    const { topUp, autoPost } = settings.value;
    const chips = topUp ? refill(before, after) : 0;
    if (chips > 0) void this.topUp(chips);
    if (autoPost && owes(after) && !(before && owes(before))) void this.act({ type: 'sit-in', post: true });
  }

  /** Buys as many chips as are wanted and there are. Of an empty account the player is told once. */
  private async topUp(wanted: number): Promise<void> {
    const has = await poker.purse().then((purse) => purse.chips, () => null);
    if (has === null) return; // after the next hand
    const told = this.broke;
    this.broke = has === 0;
    if (has > 0) await this.act({ type: 'buy', chips: Math.min(wanted, has) });
    else if (!told) this.input({ type: 'local-refused', action: 'buy', text: t('poker.broke') });
  }
}
