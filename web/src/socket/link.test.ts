import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerMessage } from '../wire';
import { Link } from './link';
import type { LinkStatus, WireEvents } from './link';

/** A world with a clock of its own, where sockets open and close as the test says. */
class World {
  time = 0;
  timers: { at: number; run: () => void }[] = [];
  sockets: { events: WireEvents; sent: string[]; closed: boolean }[] = [];
  heard: ServerMessage[] = [];
  states: LinkStatus[] = [];

  readonly link = new Link({
    open: (_protocol, events) => {
      const socket = { events, sent: [] as string[], closed: false };
      this.sockets.push(socket);
      return { send: (frame) => socket.sent.push(frame), close: () => void (socket.closed = true) };
    },
    now: () => this.time,
    wall: () => this.time + 1_000_000,
    chance: () => 0.5,
    after: (ms, run) => {
      const timer = { at: this.time + ms, run };
      this.timers.push(timer);
      return () => void (this.timers = this.timers.filter((one) => one !== timer));
    },
    onMessage: (message) => this.heard.push(message),
    onStatus: (status) => this.states.push(status),
  });

  get socket() {
    const last = this.sockets.at(-1);
    assert.ok(last, 'no socket was opened');
    return last;
  }

  get state() {
    return this.states.at(-1);
  }

  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.timers = this.timers.filter((timer) => timer !== next);
      next.run();
    }
    this.time = end;
  }

  pong(): void {
    const at = (JSON.parse(this.socket.sent.at(-1) ?? '{}') as { at: number }).at;
    this.socket.events.received(JSON.stringify({ type: 'pong', at, now_at: this.time + 1_005_000 }));
  }

  pings(): number {
    return this.socket.sent.filter((frame) => frame.includes('"ping"')).length;
  }
}

function connected(): World {
  const world = new World();
  world.link.connect();
  world.socket.events.opened();
  return world;
}

test('it connects, pings at once, and again 2 s after the pong', () => {
  const world = connected();
  assert.equal(world.state?.state, 'online');
  assert.equal(world.pings(), 1);
  world.pass(40);
  world.pong();
  assert.equal(world.state?.rtt, 40);
  world.pass(1500);
  assert.equal(world.pings(), 1);
  world.pass(1000);
  assert.equal(world.pings(), 2);
});

test('the offset to the server clock comes from pongs', () => {
  const world = connected();
  world.pass(100);
  world.pong();
  assert.equal(world.link.offset(), 5050);
});

test('silence closes the socket and tries again', () => {
  const world = connected();
  const first = world.socket;
  world.pass(8200);
  assert.equal(first.closed, true);
  assert.equal(world.sockets.length, 2);
});

test('a cable that is cut is noticed five seconds after the last pong', () => {
  const world = connected();
  world.pass(40);
  world.pong();
  world.pass(4900);
  assert.equal(world.state?.state, 'online');
  world.pass(400);
  assert.equal(world.state?.state, 'reconnecting');
});

test('a ping that went out late has its time all the same', () => {
  const world = connected();
  world.pong();
  const late = world.timers.splice(0);
  world.time += 60_000;
  for (const timer of late) timer.run();
  world.pass(2000);
  assert.equal(world.state?.state, 'online');
  world.pass(1000);
  assert.equal(world.state?.state, 'reconnecting');
});

test('a timer that comes late, as in a hidden tab, is no silence', () => {
  const world = connected();
  world.pong();
  const late = world.timers.splice(0);
  world.time += 60_000;
  for (const timer of late) timer.run();
  assert.equal(world.socket.closed, false);
  assert.equal(world.pings(), 2);
});

test('tries follow the back-off, and start over after a success', () => {
  const world = connected();
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    world.socket.events.closed();
    waits.push((world.state?.retryAt ?? 0) - world.time);
    world.pass(waits.at(-1) ?? 0);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 2000, 2000, 2000]);
  world.socket.events.opened();
  world.socket.events.closed();
  assert.equal((world.state?.retryAt ?? 0) - world.time, 500);
});

test('the first try is connecting, a lost connection is reconnecting', () => {
  const world = new World();
  world.link.connect();
  assert.equal(world.state?.state, 'connecting');
  world.socket.events.closed();
  assert.equal(world.state?.state, 'reconnecting');
});

test('try now does not wait, and does nothing while a try runs', () => {
  const world = connected();
  world.socket.events.closed();
  world.link.tryNow();
  assert.equal(world.sockets.length, 2);
  world.link.tryNow();
  assert.equal(world.sockets.length, 2);
});

test('a socket that was given up is not heard any more', () => {
  const world = connected();
  const old = world.socket;
  world.link.restart();
  world.socket.events.opened();
  old.events.closed();
  old.events.received('{"type":"replaced","table":"aB3dE6gH"}');
  assert.equal(world.state?.state, 'online');
  assert.deepEqual(world.heard, []);
});

test('nothing is sent before the socket is open', () => {
  const world = new World();
  world.link.connect();
  assert.equal(world.link.send({ type: 'lobby', on: true }), false);
  world.socket.events.opened();
  assert.equal(world.link.send({ type: 'lobby', on: true }), true);
});

test('frames that are no messages are dropped', () => {
  const world = connected();
  for (const data of ['{', '{"type":"gossip"}', new ArrayBuffer(4)]) world.socket.events.received(data);
  world.socket.events.received('{"type":"replaced","table":"aB3dE6gH"}');
  assert.deepEqual(world.heard, [{ type: 'replaced', table: 'aB3dE6gH' }]);
});
