import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaults, readSettings } from './settings';

const rows: [string, string | null, object][] = [
  ['nothing stored', null, {}],
  ['no JSON', '{', {}],
  ['no object', '"dark"', {}],
  ['null', 'null', {}],
  ['some values', '{"theme":"light","volume":0.25}', { theme: 'light', volume: 0.25 }],
  ['a value of another kind', '{"volume":"loud","muted":1,"premove":false}', { premove: false }],
  ['a choice that there is not', '{"theme":"pink","boardTheme":"lava","coordinates":"off"}', { coordinates: 'off' }],
  ['a size of text', '{"textSize":120}', { textSize: 120 }],
  ['a size of text that there is not', '{"textSize":400}', {}],
  ['a volume out of range', '{"volume":7}', {}],
  ['a setting of another day', '{"comicSans":true}', {}],
];
for (const [name, stored, want] of rows) {
  test(`settings are read: ${name}`, () => assert.deepEqual(readSettings(stored), { ...defaults, ...want }));
}
