import { signal } from '@preact/signals';
import { Refused } from '../../../socket';
import { ensureUser } from '../../../store';
import { turnOf } from '../rules';
import { opposite } from '../select';
import { reviewApi } from './api';
import type { Analysis, GameRecord, OwnReport, PositionEval } from './api';
import type { Engine } from './engine';
import { NODES, reviewPositions } from './fullreview';
import type { Position } from './fullreview';
import { playing } from './local';
import { dropPartial, keepPartial, readPartial } from './partial';
import { ENGINE, loadEngine } from './stockfish';
import { classOf } from './winning';

/** The review of a whole game: what the server has of it, and how this browser makes one. */

/** Between two looks while the server works on it. */
const POLL = 2000;

const NOTHING: Analysis = { state: 'none', server: false, mine: false };

/** How far the review in this browser is. */
export interface OwnReview {
  n: number;
  of: number;
}

export class AnalysisOf {
  /** Null until the server has answered. */
  readonly value = signal<Analysis | null>(null);
  /** Why the last request came to nothing. */
  readonly problem = signal<unknown>(null);
  /** The review that runs in this browser; null when none does. */
  readonly own = signal<OwnReview | null>(null);
  /** A review made here that the server has not taken. */
  readonly unsaved = signal<OwnReport | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private engine: Engine | null = null;
  private stopped = false;

  constructor(
    private readonly record: GameRecord,
    /** I played this game, so that the server takes a review from me. */
    readonly storable: () => boolean,
    private readonly positions: () => Position[],
  ) {}

  /** Asks what there is, and again while it is on its way. */
  async look(): Promise<void> {
    if (this.stopped) return;
    // The server keeps no reviews of games from elsewhere.
    if (this.record.imported) return void (this.value.value ??= NOTHING);
    await this.request(() => reviewApi.analysis(this.record.table, this.record.moves));
  }

  /** Asks the server for a review. */
  async ask(): Promise<void> {
    await ensureUser();
    await this.request(() => reviewApi.ask(this.record.table, this.record.moves));
  }

  async takeBack(): Promise<void> {
    await reviewApi.takeBack(this.record.table);
    await this.look();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.cancelOwn();
  }

  private async request(ask: () => Promise<Analysis>): Promise<void> {
    clearTimeout(this.timer);
    try {
      const answer = await ask();
      this.problem.value = null;
      if (!this.own.value) this.value.value = withClasses(answer, this.positions());
      this.lookAgain(answer);
    } catch (reason) {
      // Nothing is kept of such a game: only this browser can look at it.
      if (reason instanceof Refused && (reason.status === 403 || reason.status === 404)) return this.nothingThere(reason);
      if (reason instanceof Refused && (reason.again || reason.code === 'offline')) {
        if (this.value.value) this.timer = setTimeout(() => void this.look(), Math.max(reason.retryMs, POLL));
      }
      this.problem.value = reason;
    }
  }

  private nothingThere(reason: Refused): void {
    if (this.value.value) this.problem.value = reason;
    else this.value.value = NOTHING;
  }

  private lookAgain(answer: Analysis): void {
    const works = answer.state === 'queued' || answer.state === 'running';
    if (works && !this.stopped) this.timer = setTimeout(() => void this.look(), POLL);
  }

  /** Reviews the game in this browser, and gives the result to the server for all to see. */
  async review(): Promise<void> {
    if (this.own.value || playing.value) return;
    const positions = this.positions();
    const { table } = this.record;
    const known = readPartial(table, positions.length);
    const plies: PositionEval[] = [];
    this.own.value = { n: known.length, of: positions.length };
    try {
      const engine = await loadEngine();
      if (!this.own.value) return engine.quit(); // cancelled meanwhile
      this.engine = engine;
      await reviewPositions(engine, positions, (index, found) => {
        plies[index] = found;
        if (index < known.length - 1) return;
        keepPartial(table, plies);
        this.own.value = { n: index + 1, of: positions.length };
        this.value.value = withClasses({ ...NOTHING, ...this.value.peek(), state: 'running', plies: [...plies] }, positions);
      }, known);
      dropPartial(table);
      await this.finish({ engine: ENGINE, nodes: NODES, plies });
    } catch (reason) {
      if (this.own.value) this.problem.value = reason;
    } finally {
      this.endOwn();
    }
  }

  cancelOwn(): void {
    if (!this.own.value) return;
    this.endOwn();
    if (this.stopped) return;
    dropPartial(this.record.table);
    void this.look();
  }

  /** Looks what there is, and goes on with a review that a reload of this tab had cut off. */
  async resume(): Promise<void> {
    await this.look();
    const state = this.value.value?.state;
    if (this.stopped || state === 'done' || state === 'queued' || state === 'running') return;
    if (readPartial(this.record.table, this.record.moves.length + 1).length > 0) await this.review();
  }

  private endOwn(): void {
    this.engine?.quit();
    this.engine = null;
    this.own.value = null;
  }

  private async finish(found: OwnReport): Promise<void> {
    this.own.value = null;
    const shown: Analysis = { ...NOTHING, ...this.value.value, ...found, plies: [...found.plies], state: 'done', by: 'client' };
    this.value.value = withClasses(shown, this.positions());
    if (!this.storable()) return;
    this.unsaved.value = found;
    await this.save();
  }

  /** Gives the server what was found here; a refusal keeps it for another try. */
  async save(): Promise<void> {
    const found = this.unsaved.value;
    if (!found) return;
    try {
      await reviewApi.give(this.record.table, found);
    } catch (reason) {
      // Somebody was faster: theirs counts.
      if (!(reason instanceof Refused && reason.status === 409)) {
        this.problem.value = reason;
        return;
      }
    }
    this.unsaved.value = null;
    await this.look();
  }
}

/** Classes where the answer has none yet, as while the review is on its way. */
export function withClasses(analysis: Analysis, positions: readonly Position[]): Analysis {
  const { plies } = analysis;
  if (!plies || plies.some((found) => found?.class)) return analysis;
  const judged = plies.map((found, index) => {
    const before = plies[index - 1];
    const position = positions[index];
    const name = found && before && position && classOf(before, found, opposite(turnOf(position.fen)));
    return name ? { ...found, class: name } : found;
  });
  return { ...analysis, plies: judged };
}
