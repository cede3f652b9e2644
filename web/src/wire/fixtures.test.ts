import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { ClientMessage, ClientType, ServerType } from '../wire';
import { isServerType, parseServer } from '../wire';

/** testdata/wire/ of the repository, wherever the tests were bundled to. */
function folder(): string {
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const found = join(at, 'testdata', 'wire');
    if (existsSync(found)) return found;
  }
  throw new Error('testdata/wire not found above ' + process.cwd());
}

function fixtures(side: 'client' | 'server'): { name: string; text: string; message: { type: string } }[] {
  return readdirSync(folder())
    .filter((name) => name.startsWith(`${side}-`) && name.endsWith('.json'))
    .map((name) => {
      const text = readFileSync(join(folder(), name), 'utf8');
      return { name, text, message: JSON.parse(text) as { type: string } };
    });
}

/** A record with a key for each member of the union, so that a new member does not compile without its place here. */
const serverTypes: Record<ServerType, true> = {
  hello: true,
  pong: true,
  table: true,
  events: true,
  presence: true,
  done: true,
  error: true,
  paired: true,
  replaced: true,
  lobby: true,
  'lobby-change': true,
  mine: true,
  shutdown: true,
};

/** What each message of the client may and must hold; the same fields as its type in client.ts. */
const clientFields: { [T in ClientType]: Record<keyof Extract<ClientMessage, { type: T }>, 'must' | 'may'> } = {
  ping: { type: 'must', at: 'must' },
  join: { type: 'must', table: 'must', after: 'may', watch: 'may' },
  leave: { type: 'must', table: 'must', bye: 'may' },
  act: { type: 'must', table: 'must', id: 'must', action: 'must', spent_ms: 'may', lag_ms: 'may' },
  lobby: { type: 'must', on: 'must' },
  pool: { type: 'must', id: 'must', control: 'must' },
  unpool: { type: 'must', id: 'must' },
  seek: {
    type: 'must',
    id: 'must',
    kind: 'must',
    setup: 'must',
    control: 'must',
    color: 'must',
    rated: 'must',
    min_rating: 'may',
    max_rating: 'may',
  },
  unseek: { type: 'must', id: 'must', seek: 'must' },
  take: { type: 'must', id: 'must', seek: 'must' },
};

for (const { name, text, message } of fixtures('server')) {
  test(`${name} parses and encodes to the same`, () => {
    const parsed = parseServer(text);
    assert.ok(parsed, `${name} is refused: ${text}`);
    assert.deepEqual(JSON.parse(JSON.stringify(parsed)), message);
    assert.ok(name === `server-${parsed.type}.json` || name.startsWith(`server-${parsed.type}-`), 'named after its type');
  });
}

for (const { name, message } of fixtures('client')) {
  test(`${name} has the fields that this client sends`, () => {
    const fields: Record<string, 'must' | 'may'> | undefined = clientFields[message.type as ClientType];
    assert.ok(fields, `${message.type} is no message of the client`);
    const unknown = Object.keys(message).filter((field) => !(field in fields));
    const missing = Object.keys(fields).filter((field) => fields[field] === 'must' && !(field in message));
    assert.deepEqual({ unknown, missing }, { unknown: [], missing: [] });
  });
}

test('every message of the server has a fixture', () => {
  const have = new Set(fixtures('server').map(({ message }) => message.type));
  assert.deepEqual(Object.keys(serverTypes).filter((type) => !have.has(type)), []);
});

test('every message of the client has a fixture', () => {
  const have = new Set(fixtures('client').map(({ message }) => message.type));
  assert.deepEqual(Object.keys(clientFields).filter((type) => !have.has(type)), []);
});

test('types of the server are those of the parser', () => {
  assert.deepEqual(Object.keys(serverTypes).filter((type) => !isServerType(type)), []);
  assert.equal(isServerType('toString'), false);
});

const refused: Record<string, string> = {
  'no JSON': '{"type":',
  'no object': '[1]',
  'null': 'null',
  'no type': '{"at":1}',
  'unknown type': '{"type":"gossip"}',
  'inherited name as type': '{"type":"constructor"}',
  'missing field': '{"type":"pong","at":1}',
  'field of another kind': '{"type":"pong","at":"1","now_at":2}',
  'seats that are no list': '{"type":"presence","table":"aB3dE6gH","seats":{},"watchers":0}',
};
for (const [name, frame] of Object.entries(refused)) {
  test(`a frame is refused: ${name}`, () => assert.equal(parseServer(frame), null, frame));
}

test('unknown fields are ignored', () => {
  assert.ok(parseServer('{"type":"replaced","table":"aB3dE6gH","by":"moon"}'));
});
