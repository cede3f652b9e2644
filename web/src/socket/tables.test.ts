import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientMessage, EventsMessage, TableMessage } from '../wire';
import { Refused } from './refused';
import { Tables } from './tables';

const T = 'aB3dE6gH';

function table(seq: number): TableMessage {
  return {
    type: 'table',
    table: T,
    kind: 'toy',
    seq,
    you: 0,
    waiting: false,
    seats: [],
    info: { origin: 'friend', rated: false, control: null, speed: 'correspondence', created_at: 0 },
    state: {},
    spent_ms: [],
    clocks: null,
    deadline: null,
    rematch: { offered_by: null, table: null },
    chat: [],
  };
}

function events(seqs: number[], ack?: string): EventsMessage {
  const list = seqs.map((seq) => ({ seq, at: seq, type: 'toy', view: {} }));
  return { type: 'events', table: T, ...(ack && { ack }), events: list, clocks: null, deadline: null };
}

/** Tables over a line that the test opens and cuts. */
class Bench {
  open = true;
  sent: ClientMessage[] = [];
  shown: string[] = [];
  later: (() => void)[] = [];
  private ids = 0;

  readonly tables = new Tables({
    send: (message) => {
      if (this.open) this.sent.push(message);
      return this.open;
    },
    lag: () => 40,
    newId: () => `m${++this.ids}`,
    after: (_ms, run) => {
      this.later.push(run);
      return () => undefined;
    },
  });

  follow() {
    return this.tables.follow(T, {
      onTable: (message) => this.shown.push(`table ${message.seq}`),
      onEvents: (message) => this.shown.push(`events ${message.events.map((event) => event.seq).join(',')}`),
      onReplaced: () => this.shown.push('replaced'),
      onRefused: (refusal) => this.shown.push(refusal.code),
    });
  }

  take(): ClientMessage[] {
    const sent = this.sent;
    this.sent = [];
    return sent;
  }

  cut(): void {
    this.open = false;
    this.tables.disconnected();
  }

  heal(): void {
    this.open = true;
    this.tables.connected();
  }
}

test('it joins, shows the table, then events once and in order', () => {
  const bench = new Bench();
  bench.follow();
  assert.deepEqual(bench.take(), [{ type: 'join', table: T }]);
  bench.tables.onTable(table(3));
  bench.tables.onEvents(events([4, 5]));
  bench.tables.onEvents(events([4, 5, 6]));
  assert.deepEqual(bench.shown, ['table 3', 'events 4,5', 'events 6']);
  assert.deepEqual(bench.take(), []);
});

test('a gap asks for what was missed and shows nothing', () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(3));
  bench.take();
  bench.tables.onEvents(events([5]));
  assert.deepEqual(bench.shown, ['table 3']);
  assert.deepEqual(bench.take(), [{ type: 'join', table: T, after: 3 }]);
  bench.tables.onEvents(events([4, 5]));
  assert.deepEqual(bench.shown, ['table 3', 'events 4,5']);
});

test('a gap in the answer to that asks for the whole table', () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(3));
  bench.tables.onEvents(events([5]));
  bench.take();
  bench.tables.onEvents(events([6]));
  assert.deepEqual(bench.take(), [{ type: 'join', table: T }]);
  bench.tables.onEvents(events([7]));
  assert.deepEqual(bench.take(), []);
  bench.tables.onTable(table(7));
  assert.deepEqual(bench.shown, ['table 3', 'table 7']);
});

test('a reconnect resumes after the last event and sends again what was not answered', async () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(3));
  const done = bench.tables.act(T, { type: 'move', uci: 'e2e4' }, { spent_ms: 900 });
  const first = bench.take().at(-1);
  bench.cut();
  bench.heal();
  assert.deepEqual(bench.take(), [{ type: 'join', table: T, after: 3 }]);
  bench.tables.onEvents(events([]));
  assert.deepEqual(bench.take(), [first]);
  assert.equal(bench.tables.onDone('m1'), true);
  assert.deepEqual(await done, { again: true });
});

test('an action made offline waits for the resync', async () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(3));
  bench.take();
  bench.cut();
  const done = bench.tables.act(T, { type: 'resign' });
  assert.equal(bench.tables.waiting(T), 1);
  bench.heal();
  assert.equal(bench.take().length, 1);
  bench.tables.onTable(table(9));
  assert.deepEqual(bench.take(), [{ type: 'act', table: T, id: 'm1', action: { type: 'resign' }, lag_ms: 40 }]);
  bench.tables.onEvents(events([10], 'm1'));
  assert.deepEqual(await done, { again: false });
  assert.equal(bench.tables.waiting(T), 0);
});

test('the events of an action are shown before it resolves', async () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(1));
  const order: string[] = bench.shown;
  const done = bench.tables.act(T, { type: 'move', uci: 'e2e4' }).then(() => order.push('done'));
  bench.tables.onEvents(events([2], 'm1'));
  await done;
  assert.deepEqual(order, ['table 1', 'events 2', 'done']);
});

test('a refusal rejects with its code', async () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(1));
  const done = bench.tables.act(T, { type: 'move', uci: 'e2e5' });
  bench.tables.onError({ type: 'error', id: 'm1', table: T, code: 'illegal', message: 'No.' });
  await assert.rejects(done, (reason) => reason instanceof Refused && reason.code === 'illegal' && reason.message === 'No.');
});

test('a busy server is asked again with the same id, and not for ever', async () => {
  const bench = new Bench();
  bench.follow();
  bench.tables.onTable(table(1));
  bench.take();
  const done = bench.tables.act(T, { type: 'draw' });
  const ids = new Set<string>();
  for (let tries = 0; tries < 6; tries++) {
    for (const message of bench.take()) if (message.type === 'act') ids.add(message.id);
    bench.tables.onError({ type: 'error', id: 'm1', table: T, code: 'busy', message: 'Busy.', retry_ms: 100 });
    bench.later.pop()?.();
  }
  await assert.rejects(done, { code: 'busy' });
  assert.deepEqual([...ids], ['m1']);
});

test('a replaced seat is not taken back by a reconnect, but by asking', () => {
  const bench = new Bench();
  const follow = bench.follow();
  bench.tables.onTable(table(2));
  bench.tables.onReplaced(T);
  bench.take();
  bench.cut();
  bench.heal();
  assert.deepEqual(bench.take(), [{ type: 'join', table: T, after: 2, watch: true }]);
  follow.rejoin();
  assert.deepEqual(bench.take(), [{ type: 'join', table: T }]);
  assert.deepEqual(bench.shown, ['table 2', 'replaced']);
});

test('an unknown table is told to its follower', () => {
  const bench = new Bench();
  bench.follow();
  const mine = bench.tables.onError({ type: 'error', table: T, code: 'unknown-table', message: 'No such table.' });
  assert.equal(mine, true);
  assert.deepEqual(bench.shown, ['unknown-table']);
});

test('leaving stops the messages; closing the page says bye', () => {
  const bench = new Bench();
  const follow = bench.follow();
  bench.tables.bye();
  follow.leave();
  assert.deepEqual(bench.take().slice(1), [
    { type: 'leave', table: T, bye: true },
    { type: 'leave', table: T },
  ]);
  bench.tables.onTable(table(1));
  assert.deepEqual(bench.shown, []);
});
