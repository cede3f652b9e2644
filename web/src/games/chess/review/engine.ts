import { turnOf } from '../rules';
import type { EngineLine } from './uci';
import { parseUci } from './uci';

/** A UCI engine at the other end of a port: in the browser, Stockfish in a worker. One search at a time. */

/** How text goes to the engine and back; tests put something else there than a worker. */
export interface Port {
  send(text: string): void;
  /** Called once. `onText` hears one line or several. */
  listen(onText: (text: string) => void, onFault: (why: string) => void): void;
  end(): void;
}

export interface Search {
  fen: string;
  chess960: boolean;
  /** When to end by itself. */
  limit: { nodes: number } | { depth: number };
  /** How many of the best lines, 1-5. */
  lines: number;
  onLine?: (line: EngineLine) => void;
}

/** The best line as it was when the search ended; null when none was found, as in a position without moves. */
export type Found = EngineLine | null;

interface Job extends Search {
  best: Found;
  resolve: (found: Found) => void;
  reject: (reason: Error) => void;
}

/**
 * How it is to think: 16 MB for its table, as it may have 32 in all; and no contempt, which makes whoever is to move look
 * better and every evaluation jump from ply to ply.
 */
const OPTIONS = ['Hash value 16', 'Contempt value 0', 'UCI_AnalyseMode value true'];

/** The answers of an engine that was stopped belong to the search before: a new one begins when it has said `bestmove`. */
export class Engine {
  private running: Job | null = null;
  private waiting: Job | null = null;
  private lines = 0;
  private chess960: boolean | null = null;
  private ready: (() => void) | null = null;

  private constructor(private readonly port: Port) {}

  /** An engine that has said that it is there. Rejects when it cannot be loaded. */
  static start(port: Port): Promise<Engine> {
    const engine = new Engine(port);
    return new Promise((resolve, reject) => {
      engine.ready = () => resolve(engine);
      const hear = (text: string): void => text.split('\n').forEach((line) => engine.hear(line));
      port.listen(hear, (why) => {
        reject(new Error(why));
        engine.fail(new Error(why));
      });
      port.send('uci');
    });
  }

  /** Searches; one that still runs is stopped, and one that waits is given up with what it has, nothing. */
  search(search: Search): Promise<Found> {
    return new Promise((resolve, reject) => {
      this.waiting?.resolve(null);
      this.waiting = { ...search, best: null, resolve, reject };
      if (this.running) this.port.send('stop');
      else this.next();
    });
  }

  /** Ends the search that runs; it resolves with what it has found so far. */
  stop(): void {
    this.waiting?.resolve(null);
    this.waiting = null;
    if (this.running) this.port.send('stop');
  }

  /** Ends the engine for good; what runs is rejected. */
  quit(): void {
    this.port.end();
    this.fail(new Error('The engine was ended.'));
  }

  private fail(reason: Error): void {
    const jobs = [this.running, this.waiting];
    this.running = this.waiting = null;
    for (const job of jobs) job?.reject(reason);
  }

  private next(): void {
    const job = this.waiting;
    this.waiting = null;
    this.running = job;
    if (!job) return;
    this.option('MultiPV', job.lines, this.lines !== job.lines);
    this.lines = job.lines;
    this.option('UCI_Chess960', job.chess960, this.chess960 !== job.chess960);
    this.chess960 = job.chess960;
    this.port.send(`position fen ${job.fen}`);
    this.port.send('nodes' in job.limit ? `go nodes ${job.limit.nodes}` : `go depth ${job.limit.depth}`);
  }

  private option(name: string, value: number | boolean, changed: boolean): void {
    if (changed) this.port.send(`setoption name ${name} value ${value}`);
  }

  private hear(text: string): void {
    const message = parseUci(text, this.running ? turnOf(this.running.fen) : 'white');
    switch (message?.type) {
      case 'uciok':
        for (const option of OPTIONS) this.port.send(`setoption name ${option}`);
        this.port.send('isready');
        return;
      case 'readyok':
        this.ready?.();
        return;
      case 'line':
        this.found(message.line);
        return;
      case 'bestmove':
        this.done();
    }
  }

  private found(line: EngineLine): void {
    const job = this.running;
    if (!job || line.bound || line.pv.length === 0) return;
    if (line.rank === 1) job.best = line;
    if (!this.waiting) job.onLine?.(line); // else nobody looks at that position any more
  }

  private done(): void {
    const job = this.running;
    this.running = null;
    job?.resolve(job.best);
    this.next();
  }
}
