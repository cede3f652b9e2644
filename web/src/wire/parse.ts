import type { ServerMessage, ServerType } from './server';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const list: Check = Array.isArray;
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const orNull = (check: Check): Check => (value) => value === null || check(value);
const optional = (check: Check): Check => (value) => value === undefined || check(value);

/** What every message must hold; one row a type, so that a new type does not compile without its row. */
const shapes: Record<ServerType, Record<string, Check>> = {
  hello: { protocol: text, build: text, now_at: number, user: orNull(object) },
  pong: { at: number, now_at: number },
  table: {
    table: text,
    kind: text,
    seq: number,
    you: orNull(number),
    waiting: flag,
    seats: list,
    info: object,
    state: object,
    spent_ms: list,
    clocks: orNull(object),
    deadline: orNull(object),
    rematch: object,
    chat: list,
  },
  events: { table: text, ack: optional(text), events: list, clocks: orNull(object), deadline: orNull(object) },
  presence: { table: text, seats: list, watchers: number },
  done: { id: text, table: optional(text), seq: optional(number), seek: optional(text) },
  error: { id: optional(text), table: optional(text), code: text, message: text, retry_ms: optional(number) },
  paired: { table: text, kind: optional(text), seat: number },
  replaced: { table: text },
  lobby: { online: number, playing: number, pools: list, seeks: list },
  'lobby-change': {
    online: optional(number),
    playing: optional(number),
    pools: optional(list),
    added: optional(list),
    removed: optional(list),
  },
  mine: { tables: list },
  shutdown: { in_ms: number },
};

/** Whether this client knows messages of that type. */
export function isServerType(type: unknown): type is ServerType {
  return typeof type === 'string' && Object.hasOwn(shapes, type);
}

function fits(message: Record<string, unknown>, shape: Record<string, Check>): boolean {
  return Object.entries(shape).every(([field, check]) => check(message[field]));
}

/** A frame of the server as a message; null for what this client does not know, or what is not of this protocol. */
export function parseServer(frame: string): ServerMessage | null {
  let message: unknown;
  try {
    message = JSON.parse(frame);
  } catch {
    return null;
  }
  if (!object(message)) return null;
  const fields = message as Record<string, unknown>;
  const type = fields['type'];
  if (!isServerType(type) || !fits(fields, shapes[type])) return null;
  return message as ServerMessage;
}
