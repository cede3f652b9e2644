import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientMessage } from '../wire';
import { Requests } from './requests';

function bench(open = true) {
  const sent: ClientMessage[] = [];
  let ids = 0;
  const requests = new Requests({ send: (message) => (open && sent.push(message), open), newId: () => `q${++ids}` });
  return { requests, sent };
}

test('a question is answered by its id', async () => {
  const { requests, sent } = bench();
  const [first, second] = [requests.ask({ type: 'pool', control: '3+2' }), requests.ask({ type: 'unpool' })];
  requests.onDone({ type: 'done', id: 'q2' });
  requests.onDone({ type: 'done', id: 'q1' });
  assert.deepEqual(sent, [
    { type: 'pool', control: '3+2', id: 'q1' },
    { type: 'unpool', id: 'q2' },
  ]);
  assert.deepEqual([(await first).type, (await second).type], ['done', 'done']);
});

test('a take is answered by the pairing', async () => {
  const { requests } = bench();
  const pool = requests.ask({ type: 'pool', control: '3+2' });
  const take = requests.ask({ type: 'take', seek: 'Xy12Zw34' });
  requests.onPaired({ type: 'paired', table: 'aB3dE6gH', seat: 1 });
  assert.deepEqual(await take, { type: 'paired', table: 'aB3dE6gH', seat: 1 });
  requests.onDone({ type: 'done', id: 'q1' });
  assert.equal((await pool).type, 'done');
});

test('an error rejects with its code', async () => {
  const { requests } = bench();
  const take = requests.ask({ type: 'take', seek: 'Xy12Zw34' });
  requests.onError({ type: 'error', id: 'q1', code: 'taken', message: 'Somebody was faster.' });
  await assert.rejects(take, { code: 'taken' });
});

test('without a connection it rejects at once, and when it is lost', async () => {
  await assert.rejects(bench(false).requests.ask({ type: 'unpool' }), { code: 'offline' });
  const { requests } = bench();
  const asked = requests.ask({ type: 'unpool' });
  requests.disconnected();
  await assert.rejects(asked, { code: 'offline' });
});
