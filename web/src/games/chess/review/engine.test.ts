import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from './engine';
import type { Port, Search } from './engine';
import { reviewPositions } from './fullreview';
import { START_FEN } from './position';

/** The far end of a port, by hand. */
class Far implements Port {
  sent: string[] = [];
  ended = false;
  say: (text: string) => void = () => undefined;
  fault: (why: string) => void = () => undefined;

  send(text: string): void {
    this.sent.push(text);
    if (text === 'uci') queueMicrotask(() => this.say('id name Test\nuciok'));
    if (text === 'isready') queueMicrotask(() => this.say('readyok'));
  }

  listen(onText: (text: string) => void, onFault: (why: string) => void): void {
    this.say = onText;
    this.fault = onFault;
  }

  end(): void {
    this.ended = true;
  }

  /** What was sent since the last look. */
  news(): string[] {
    return this.sent.splice(0);
  }
}

const search = (change: Partial<Search> = {}): Search => ({ fen: START_FEN, chess960: false, limit: { depth: 20 }, lines: 1, ...change });
const BLACK = 'rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq - 0 1';

async function started(): Promise<{ far: Far; engine: Engine }> {
  const far = new Far();
  const engine = await Engine.start(far);
  far.news();
  return { far, engine };
}

test('an engine is there when it has said so, with a small table', async () => {
  const far = new Far();
  await Engine.start(far);
  assert.equal(far.sent[0], 'uci');
  assert.ok(far.sent.includes('setoption name Hash value 16'));
});

test('a search gives its lines and ends with the best', async () => {
  const { far, engine } = await started();
  const seen: number[] = [];
  const found = engine.search(search({ lines: 3, limit: { nodes: 1000 }, onLine: ({ depth }) => seen.push(depth) }));
  assert.deepEqual(far.news(), ['setoption name MultiPV value 3', 'setoption name UCI_Chess960 value false', `position fen ${START_FEN}`, 'go nodes 1000']);
  far.say('info depth 1 multipv 1 score cp 10 pv e2e4\ninfo depth 2 score cp 99 lowerbound pv e2e4\ninfo depth 3 multipv 2 score cp 5 pv d2d4');
  far.say('bestmove e2e4');
  assert.deepEqual((await found)?.score, { cp: 10 });
  assert.deepEqual(seen, [1, 3]);
});

test('a new search waits for the end of the one before, whose lines are not its own', async () => {
  const { far, engine } = await started();
  const first: number[] = [];
  const second: number[] = [];
  const one = engine.search(search({ onLine: ({ depth }) => first.push(depth) }));
  far.news();
  const skipped = engine.search(search());
  const two = engine.search(search({ fen: BLACK, onLine: ({ score }) => second.push(score.cp ?? 0) }));
  assert.deepEqual(far.news(), ['stop', 'stop']);
  far.say('info depth 9 score cp 10 pv e2e4');
  far.say('bestmove e2e4');
  assert.deepEqual(far.news(), [`position fen ${BLACK}`, 'go depth 20']);
  far.say('info depth 1 score cp 33 pv e7e5');
  far.say('bestmove e7e5');
  assert.equal((await one)?.depth, 9);
  assert.equal(await skipped, null);
  assert.deepEqual((await two)?.score, { cp: -33 });
  assert.deepEqual([first, second], [[], [-33]]);
});

test('a fault and an end reject what runs', async () => {
  const { far, engine } = await started();
  const broken = assert.rejects(engine.search(search()), /out of memory/);
  far.fault('out of memory');
  await broken;
  const ended = assert.rejects(engine.search(search()));
  engine.quit();
  await ended;
  assert.ok(far.ended);
});

test('an engine that cannot be loaded is refused', async () => {
  const far = new Far();
  far.send = () => queueMicrotask(() => far.fault('no such file'));
  await assert.rejects(Engine.start(far), /no such file/);
});

test('a review asks for each position, and knows itself what mate is', async () => {
  const { far, engine } = await started();
  const got: unknown[] = [];
  far.send = (text) => {
    if (text.startsWith('go')) queueMicrotask(() => far.say('info depth 8 score cp 20 pv e2e4 e7e5\nbestmove e2e4'));
  };
  const positions = [
    { fen: START_FEN, chess960: false },
    { fen: BLACK, chess960: false },
    { fen: BLACK, chess960: false, end: 'mate' as const },
    { fen: BLACK, chess960: false, end: 'draw' as const },
  ];
  await reviewPositions(engine, positions, (index, found) => (got[index] = found));
  const pv = ['e2e4', 'e7e5'];
  assert.deepEqual(got, [{ cp: 20, best: 'e2e4', pv }, { cp: -20, best: 'e2e4', pv }, { mate: 0 }, { cp: 0 }]);
});

test('a review without an answer fails, and is not stored as if it were whole', async () => {
  const engine = { search: () => Promise.resolve(null) };
  await assert.rejects(reviewPositions(engine, [{ fen: START_FEN, chess960: false }], () => undefined));
});
