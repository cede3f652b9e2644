import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUci } from './uci';
import type { EngineLine } from './uci';

const line = (change: Partial<EngineLine>): EngineLine => ({ rank: 1, depth: 0, score: {}, pv: [], nodes: 0, nps: 0, bound: false, ...change });

const infos: [string, string, 'white' | 'black', EngineLine][] = [
  [
    'a whole line',
    'info depth 13 seldepth 16 multipv 2 score cp 107 nodes 100035 nps 51831 hashfull 42 tbhits 0 time 1930 pv e2e4 d7d5',
    'white',
    line({ rank: 2, depth: 13, score: { cp: 107 }, nodes: 100035, nps: 51831, pv: ['e2e4', 'd7d5'] }),
  ],
  ['Black speaks from its own side', 'info depth 4 score cp 30 pv e7e5', 'black', line({ depth: 4, score: { cp: -30 }, pv: ['e7e5'] })],
  ['nothing is not minus nothing', 'info depth 4 score cp 0 pv e7e5', 'black', line({ depth: 4, score: { cp: 0 }, pv: ['e7e5'] })],
  ['a mate', 'info depth 20 score mate 3 pv h5f7', 'white', line({ depth: 20, score: { mate: 3 }, pv: ['h5f7'] })],
  ['a mate against Black to move', 'info depth 20 score mate -2 pv g7g6', 'black', line({ depth: 20, score: { mate: 2 }, pv: ['g7g6'] })],
  ['mated already', 'info depth 0 score mate 0', 'black', line({ score: { mate: 0 } })],
  ['a bound', 'info depth 9 score cp 50 lowerbound nodes 10 pv e2e4', 'white', line({ depth: 9, score: { cp: 50 }, nodes: 10, bound: true, pv: ['e2e4'] })],
  ['missing and broken numbers', 'info score cp 12 nodes x nps', 'white', line({ score: { cp: 12 } })],
];
for (const [name, text, toMove, want] of infos) {
  test(`info: ${name}`, () => assert.deepEqual(parseUci(text, toMove), { type: 'line', line: want }));
}

const others: [string, unknown][] = [
  ['uciok', { type: 'uciok' }],
  ['readyok\r', { type: 'readyok' }],
  ['bestmove e2e4 ponder e7e5', { type: 'bestmove', move: 'e2e4' }],
  ['bestmove (none)', { type: 'bestmove', move: null }],
  ['bestmove', { type: 'bestmove', move: null }],
  ['info depth 1 currmove e2e4 currmovenumber 1', undefined],
  ['info string score cp 10', undefined],
  ['info score cp', undefined],
  ['info score cp 1.5', undefined],
  ['info score wdl 1', undefined],
  ['option name Hash type spin', undefined],
  ['', undefined],
];
for (const [text, want] of others) test(`"${text}"`, () => assert.deepEqual(parseUci(text, 'white'), want));
