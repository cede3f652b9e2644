import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedPieces, parseLine } from './parse';

const START = 'rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1';
const CASTLE = 'r3k2r/pppppppp/8/8/8/8/PPPPPPPP/R3K2R w KQkq - 0 1';
const PROMOTE = '3n3k/4P3/8/8/8/8/8/4K3 w - - 0 1';
const BISHOP = '4k3/8/8/3p4/2P5/8/1p6/2B1K3 w - - 0 1';

function uci(line: string, fen: string, chess960 = false): string {
  const command = parseLine(line, fen, chess960);
  return command.type === 'move' ? command.uci : command.type;
}

test('moves in every spelling', () => {
  const rows: [string, string, string][] = [
    ['e4', START, 'e2e4'], ['Nf3', START, 'g1f3'], ['nf3', START, 'g1f3'], ['NF3', START, 'g1f3'], ['e2e4', START, 'e2e4'],
    ['E2E4', START, 'e2e4'], [' e4 ', START, 'e2e4'], ['e4!', START, 'e2e4'], ['b4', START, 'b2b4'], ['c4', START, 'c2c4'],
    ['O-O', CASTLE, 'e1g1'], ['0-0', CASTLE, 'e1g1'], ['oo', CASTLE, 'e1g1'], ['o-o-o', CASTLE, 'e1c1'], ['0-0-0', CASTLE, 'e1c1'],
    ['e1h1', CASTLE, 'e1g1'], ['e8=Q', PROMOTE, 'e7e8q'], ['e8q', PROMOTE, 'e7e8q'], ['e8n', PROMOTE, 'e7e8n'], ['exd8=R', PROMOTE, 'e7d8r'],
    ['ed8q', PROMOTE, 'e7d8q'], ['e7e8b', PROMOTE, 'e7e8b'], ['cd5', BISHOP, 'c4d5'], ['Bxb2', BISHOP, 'c1b2'], ['bxb2', BISHOP, 'c1b2'], ['bb2', BISHOP, 'c1b2'],
  ];
  for (const [line, fen, want] of rows) assert.equal(uci(line, fen), want, line);
});

test('castling in Chess960 is king takes rook', () => {
  assert.equal(uci('O-O', 'bqnb1krn/pppppppp/8/8/8/8/PPPPPPPP/BQNB1KRN w KQkq - 0 1'.replace('KQkq', 'Gg'), true), 'f1g1');
});

test('what is not legal says so with the words typed', () => {
  for (const line of ['Qh8', 'e5', 'e2e5', 'xyzzy', 'p X', 'O-O', 'e8=Q']) {
    assert.deepEqual(parseLine(line, START, false), { type: 'illegal', text: line });
  }
});

test('commands', () => {
  const rows: [string, object][] = [
    ['', { type: 'empty' }], ['  ', { type: 'empty' }], ['l', { type: 'last' }], ['c', { type: 'clocks' }], ['o', { type: 'opponent' }],
    ['help', { type: 'help' }], ['HELP', { type: 'help' }], ['p N', { type: 'pieces', piece: 'N' }], ['p a', { type: 'pieces', piece: 'a' }],
    ['s e', { type: 'scan', line: 'e' }], ['s 4', { type: 'scan', line: '4' }], ['b e4', { type: 'board', square: 'e4' }],
    ['resign', { type: 'do', action: 'resign' }], ['draw', { type: 'do', action: 'draw' }], ['Takeback', { type: 'do', action: 'takeback' }],
  ];
  for (const [line, want] of rows) assert.deepEqual(parseLine(line, START, false), want, line);
});

test('capitals ask for white pieces, A for all', () => {
  assert.deepEqual(askedPieces('N'), { color: 'white', role: 'n' });
  assert.deepEqual(askedPieces('q'), { color: 'black', role: 'q' });
  assert.deepEqual(askedPieces('a'), { color: 'black', role: undefined });
});
