import type { EventsMessage, TableEvent } from '../../wire';
import type { Room } from './state/room';
import { reduce } from './state/reduce';

/** What happened at once on the server is shown one after the other: a street, a showdown, a board that runs out. */

export interface Frame {
  room: Room;
  /** How long the frame before it is looked at, in ms. */
  wait: number;
}

/** How long before an event that begins a new frame. */
const STREET = 320;
const RUNOUT = 1100;
const SHOW = 450;
const PAY = 700;

/** The events of one message in the groups that are shown together, with the wait before each. */
export function groups(events: readonly TableEvent[]): { events: TableEvent[]; wait: number }[] {
  const found: { events: TableEvent[]; wait: number }[] = [];
  let before: TableEvent | undefined;
  for (const event of events) {
    const wait = waitBefore(event, before);
    const last = found.at(-1);
    if (last && wait === 0) last.events.push(event);
    else found.push({ events: [event], wait: last ? wait : 0 });
    before = event;
  }
  return found;
}

function waitBefore(event: TableEvent, before: TableEvent | undefined): number {
  if (event.type === 'turned') return before?.type === 'acted' || before?.type === 'returned' ? STREET : RUNOUT;
  if (event.type === 'shown' || event.type === 'mucked') return before?.type === event.type ? 0 : SHOW;
  if (event.type === 'awarded') return before?.type === 'awarded' ? 0 : before?.type === 'turned' ? RUNOUT : PAY;
  return 0;
}

/** A message as frames. The clocks come with the last one; those before it stand still. */
export function framesOf(room: Room, message: EventsMessage): Frame[] {
  const parts = groups(message.events);
  if (parts.length < 2) return [{ room: reduce(room, message), wait: 0 }];
  let now = room;
  return parts.map(({ events, wait }, i) => {
    const last = i === parts.length - 1;
    now = reduce(now, { ...message, events, clocks: last ? message.clocks : null, deadline: last ? message.deadline : null });
    return { room: now, wait };
  });
}

/** Shows frames in time. `show` gets each; a new message, a hidden page and `skip` jump to what is newest. */
export class Pacer {
  private waiting: Frame[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly show: (room: Room) => void) {}

  get busy(): boolean {
    return this.waiting.length > 0;
  }

  play(frames: readonly Frame[], hurry: boolean): void {
    this.skip();
    this.waiting = [...frames];
    if (hurry) this.skip();
    else this.next();
  }

  /** Jumps to the newest frame. */
  skip(): void {
    clearTimeout(this.timer);
    const frames = this.waiting;
    this.waiting = [];
    for (const { room } of frames) this.show(room);
  }

  private next(): void {
    const frame = this.waiting.shift();
    if (!frame) return;
    this.show(frame.room);
    const after = this.waiting[0];
    if (after) this.timer = setTimeout(() => this.next(), after.wait);
  }
}
