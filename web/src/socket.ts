import { computed, signal } from '@preact/signals';
import type { Action, ServerMessage, ServerMessageOf, ServerType } from './wire';
import { Link } from './socket/link';
import type { LinkStatus, Wire, WireEvents } from './socket/link';
import { Requests } from './socket/requests';
import type { Answer, Ask } from './socket/requests';
import { Tables } from './socket/tables';
import type { Accepted, ActOptions, TableFollow, TableHandlers } from './socket/tables';

export { Refused } from './socket/refused';
export type { Accepted, ActOptions, Answer, Ask, LinkStatus, TableFollow, TableHandlers };

/** How the connection is; the banner, the dot in the header and whatever sends look at it. */
export const connection = signal<LinkStatus>({ state: 'connecting', retryAt: null, rtt: null });
/** Whether messages reach the server now. */
export const online = computed(() => connection.value.state === 'online');

type Handler<T extends ServerType> = (message: ServerMessageOf<T>) => void;
const handlers = new Map<ServerType, Set<(message: never) => void>>();

const link = new Link({
  open: openSocket,
  now: () => performance.now(),
  wall: () => Date.now(),
  chance: Math.random,
  after,
  onMessage: dispatch,
  onStatus: changed,
});
const send = link.send.bind(link);
const tables = new Tables({ send, newId, after, lag: () => connection.value.rtt });
const requests = new Requests({ send, newId });

/** Connects, and stays connected for the life of the page. Called once, by main. */
export function startSocket(): void {
  link.connect();
  addEventListener('online', () => link.tryNow());
  document.addEventListener('visibilitychange', () => document.hidden || link.tryNow());
  addEventListener('pagehide', () => tables.bye());
  addEventListener('pageshow', (event) => event.persisted && link.restart());
}

/** Does not wait for the next try to connect. */
export function tryNow(): void {
  link.tryNow();
}

/** Connects anew, so that the socket carries the session cookie of now. */
export function restartSocket(): void {
  link.restart();
}

/** Hears every message of one type; the answer stops it. */
export function onMessage<T extends ServerType>(type: T, handler: Handler<T>): () => void {
  const set = handlers.get(type) ?? new Set();
  handlers.set(type, set);
  set.add(handler);
  return () => set.delete(handler);
}

let lobbyFollowers = 0;

/** Follows the lobby, and with it the list of my tables, until the answer is called; survives reconnects by itself. */
export function followLobby(): () => void {
  if (++lobbyFollowers === 1) send({ type: 'lobby', on: true });
  return () => {
    if (--lobbyFollowers === 0) send({ type: 'lobby', on: false });
  };
}

/** Follows a table until `leave`; survives reconnects by itself. One follower a table. */
export function followTable(table: string, tableHandlers: TableHandlers, options: { watch?: boolean } = {}): TableFollow {
  return tables.follow(table, tableHandlers, options.watch ?? false);
}

/**
 * Does an action at a table. Offline it waits, and goes out after the resync; unanswered, it goes out again with the same
 * id. Rejects with `Refused`. The events it caused are handed over before the promise resolves.
 */
export function act(table: string, action: Action, options?: ActOptions): Promise<Accepted> {
  return tables.act(table, action, options);
}

/** How many actions at a table wait for their answer. */
export function unanswered(table: string): number {
  return tables.waiting(table);
}

/** Asks the lobby. Rejects with `Refused`, with `offline` when the connection is or gets lost. */
export function request(question: Ask): Promise<Answer> {
  return requests.ask(question);
}

/** The server's wall clock, in Unix ms, as well as pings tell. */
export function serverNow(): number {
  return Date.now() + link.offset();
}

function openSocket(protocol: string, events: WireEvents): Wire {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/ws`, protocol);
  socket.onopen = () => events.opened();
  socket.onmessage = (event: MessageEvent<unknown>) => events.received(event.data);
  socket.onclose = () => events.closed();
  return {
    // A socket that the other end closes takes nothing any more, a moment before it says so.
    send: (frame) => void (socket.readyState === WebSocket.OPEN && socket.send(frame)),
    close: () => socket.close(),
  };
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function newId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).reduce((id, word) => id + word.toString(36), '');
}

function changed(status: LinkStatus): void {
  const before = connection.value.state;
  connection.value = status;
  if (before === status.state) return;
  if (status.state === 'online') {
    if (lobbyFollowers > 0) send({ type: 'lobby', on: true });
    tables.connected();
  } else {
    tables.disconnected();
    requests.disconnected();
  }
}

function dispatch(message: ServerMessage): void {
  route(message);
  const set = handlers.get(message.type);
  if (set) for (const handler of [...set]) handler(message as never);
}

/** Messages about tables and answers go to whoever waits for them. */
function route(message: ServerMessage): void {
  switch (message.type) {
    case 'table':
      return tables.onTable(message);
    case 'events':
      return tables.onEvents(message);
    case 'presence':
      return tables.onPresence(message);
    case 'replaced':
      return tables.onReplaced(message.table);
    case 'done':
      return tables.onDone(message.id) ? undefined : requests.onDone(message);
    case 'error':
      return tables.onError(message) ? undefined : requests.onError(message);
    case 'paired':
      return requests.onPaired(message);
    case 'hello':
    case 'pong':
    case 'lobby':
    case 'lobby-change':
    case 'mine':
    case 'shutdown':
      return;
    default:
      message satisfies never;
  }
}
