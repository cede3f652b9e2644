import type { EventsMessage, PresenceMessage, ReplacedMessage, TableEvent } from '../../../wire';
import type { PokerEventBody, PokerTable } from '../wire';
import { fromView } from './hand';
import type { BankClocks, Room, RoomInfo } from './room';
import { applyGameEvent } from './table';
import { applyOwnEvent } from './own';
import type { OwnEventBody } from './own';

/** What this tab itself did or learned, told to the state in the same way as what the server says. */
export type LocalInput =
  | { type: 'local-sending'; action: string }
  | { type: 'local-answered'; action: string }
  | { type: 'local-refused'; action: string; text?: string };

export type Input = EventsMessage | PresenceMessage | ReplacedMessage | LocalInput;

/** A table as the server describes it. What was known before is kept only where the description has no word on it. */
export function fromTable(message: PokerTable, before?: Room): Room {
  const known = before?.table === message.table ? before : undefined;
  const { stakes, number, button, chairs, hand, acts, result, ...course } = message.state;
  return {
    table: message.table,
    seq: message.seq,
    stale: false,
    you: message.you,
    lostSeat: message.you === null ? (known?.lostSeat ?? null) : null,
    closed: message.closed ?? false,
    seats: message.seats,
    info: message.info as RoomInfo,
    stakes,
    number,
    button,
    chairs,
    hand: hand && fromView(hand, acts),
    result,
    clocks: message.clocks as BankClocks | null,
    deadline: message.deadline,
    chat: message.chat,
    presence: known?.presence ?? [],
    watchers: known?.watchers ?? 0,
    sending: known?.sending ?? [],
    notice: known?.notice ?? { serial: 0, text: '' },
    placed: known?.placed ?? [],
    level: course.level ?? 0,
    levelUntil: course.level_until ?? 0,
    breakUntil: course.break ?? 0,
    prizes: course.prizes ?? [],
  };
}

/** The next state. Pure; numbers already known are ignored, and a gap makes the state `stale`. */
export function reduce(room: Room, input: Input): Room {
  switch (input.type) {
    case 'events':
      return withEvents(room, input);
    case 'presence':
      return { ...room, presence: input.seats, watchers: input.watchers };
    case 'replaced':
      return { ...room, you: null, lostSeat: room.you ?? room.lostSeat, sending: [] };
    case 'local-sending':
      return { ...room, sending: [...room.sending, input.action] };
    case 'local-answered':
      return answered(room, input.action);
    case 'local-refused':
      return refused(answered(room, input.action), input.text);
  }
}

function withEvents(room: Room, message: EventsMessage): Room {
  let next = room;
  let fresh = message.events.length === 0;
  for (const event of message.events) {
    if (event.seq <= next.seq) continue;
    if (event.seq > next.seq + 1) return { ...next, stale: true };
    next = { ...applyEvent(next, event), seq: event.seq };
    fresh = true;
  }
  // A message that only repeats what is known must not set the clocks back.
  return fresh ? { ...next, clocks: message.clocks as BankClocks | null, deadline: message.deadline } : next;
}

/** Applies one event, whose number the caller has checked. One of an unknown type changes nothing. */
export function applyEvent(room: Room, event: TableEvent): Room {
  if (event.type === undefined) return room;
  if (event.type.startsWith('table.')) return applyOwnEvent(room, event as TableEvent & OwnEventBody);
  return applyGameEvent(room, event as TableEvent & PokerEventBody);
}

/** Takes one action of that type off the list: two of a kind have two answers. */
function answered(room: Room, action: string): Room {
  const index = room.sending.indexOf(action);
  return index < 0 ? room : { ...room, sending: room.sending.toSpliced(index, 1) };
}

function refused(room: Room, text: string | undefined): Room {
  return text === undefined ? room : { ...room, notice: { serial: room.notice.serial + 1, text } };
}
