import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBytes, toText } from './ceremony';
import { isHostName } from './passkey';

const rows: [string, number[], string][] = [
  ['nothing', [], ''],
  ['one byte', [255], '_w'],
  ['the letters of URLs', [251, 239, 255], '--__'],
  ['a length without padding', [1, 2, 3, 4], 'AQIDBA'],
];
for (const [name, bytes, text] of rows) {
  test(`base64url of ${name}`, () => {
    assert.equal(toText(Uint8Array.from(bytes).buffer), text);
    assert.deepEqual([...toBytes(text)], bytes);
  });
}

const hosts: [string, boolean][] = [
  ['chess.example.org', true],
  ['localhost', true],
  ['127.0.0.1', false],
  ['[::1]', false],
  ['1chess.example', true],
];
for (const [host, want] of hosts) test(`${host} is ${want ? 'a' : 'no'} host name`, () => assert.equal(isHostName(host), want));
