import type { TableEvent, TableEventBody } from '../../../wire';
import type { Room, RoomInfo, Waiting } from './room';

/** Events of the table that only rooms have, besides those of every table. */
export type RoomEventBody =
  | { type: 'table.paused' | 'table.resumed'; view: Record<string, never> }
  | { type: 'table.asked'; view: Waiting }
  | { type: 'table.approved' | 'table.declined'; view: { user: string } }
  | { type: 'table.removed'; view: { seat: number } }
  | { type: 'table.owner'; view: { user: string } }
  | { type: 'table.waits'; view: Waiting & { on: boolean } };

export type OwnEventBody = TableEventBody | RoomEventBody;

/** Folds an event of the table itself: who sits, who waits, what the host did, what was said. */
export function applyOwnEvent(room: Room, event: TableEvent & OwnEventBody): Room {
  switch (event.type) {
    case 'table.seated':
      return { ...room, seats: room.seats.with(event.view.seat, event.view.player) };
    case 'table.chat':
      return { ...room, chat: [...room.chat, { ...event.view, seq: event.seq, at: event.at ?? 0 }] };
    case 'table.expired':
      return { ...room, closed: true };
    case 'table.paused':
    case 'table.resumed':
      return withInfo(room, { paused: event.type === 'table.paused' });
    case 'table.owner':
      return withInfo(room, { owner: event.view.user });
    case 'table.asked':
      return withInfo(room, { asked: add(room.info.asked, event.view) });
    case 'table.approved':
    case 'table.declined':
      return withInfo(room, { asked: drop(room.info.asked, event.view.user) });
    case 'table.waits':
      return withInfo(room, { waiting_list: waits(room.info.waiting_list, event.view) });
    default:
      return room; // what others change is in the clocks that come along, or in an event of the game
  }
}

function withInfo(room: Room, change: Partial<RoomInfo>): Room {
  return { ...room, info: { ...room.info, ...change } };
}

function drop(list: Waiting[] | undefined, user: string): Waiting[] {
  return (list ?? []).filter((one) => one.user !== user);
}

function add(list: Waiting[] | undefined, one: Waiting): Waiting[] {
  return [...drop(list, one.user), { user: one.user, name: one.name }];
}

function waits(list: Waiting[] | undefined, view: Waiting & { on: boolean }): Waiting[] {
  return view.on ? add(list, view) : drop(list, view.user);
}
