import { computed, effect, signal } from '@preact/signals';
import { followLobby } from '../../../socket';
import { mine } from '../../../store';
import type { Engine } from './engine';
import type { Subject } from './review';
import { engineSupported, loadEngine } from './stockfish';
import type { EngineLine } from './uci';

/** The engine of this browser, thinking about the position on the board while it is switched on. */

export type LocalState = 'off' | 'loading' | 'on' | 'unsupported' | 'failed';

/** Deep enough to be right, and an end, so that a page left open does not heat a room. */
const DEEPEST = 26;

const KEY = 'kibitz.engine.lines';

/** I play somewhere now: no engine then, whatever the game. Undefined until the server has told. */
export const playing = computed(() => mine.value?.some((table) => !table.waiting));

export class LocalEngine {
  readonly state = signal<LocalState>(engineSupported() ? 'off' : 'unsupported');
  /** How much of the engine is here, from 0 to 1. */
  readonly loaded = signal(0);
  readonly lineCount = signal(storedLines());
  /** The best lines for `fen`, best first. */
  readonly lines = signal<readonly EngineLine[]>([]);
  /** The position that `lines` are about. */
  readonly fen = signal('');
  private engine: Engine | null = null;
  private stops: (() => void)[] = [];

  /** `subject` is what there is to think about; null when nothing. */
  constructor(private readonly subject: () => Subject | null) {}

  async start(): Promise<void> {
    if (this.state.value === 'on' || this.state.value === 'loading' || this.state.value === 'unsupported') return;
    this.state.value = 'loading';
    this.loaded.value = 0;
    try {
      const engine = await loadEngine((part) => (this.loaded.value = part));
      if ((this.state.value as LocalState) !== 'loading') return engine.quit(); // switched off meanwhile
      this.engine = engine;
      this.state.value = 'on';
      this.watch();
    } catch {
      this.state.value = 'failed';
    }
  }

  stop(): void {
    this.stops.forEach((stop) => stop());
    this.stops = [];
    this.engine?.quit();
    this.engine = null;
    this.lines.value = [];
    if (this.state.value !== 'unsupported') this.state.value = 'off';
  }

  toggle(): void {
    if (this.state.value === 'off' || this.state.value === 'failed') void this.start();
    else this.stop();
  }

  setLines(count: number): void {
    this.lineCount.value = count;
    try {
      localStorage.setItem(KEY, String(count));
    } catch {
      // Then it is for this page only.
    }
  }

  /** Thinks about whatever is on the board; not while the tab is hidden, and not during a game of one's own. */
  private watch(): void {
    const hidden = signal(document.hidden);
    const seen = (): void => void (hidden.value = document.hidden);
    document.addEventListener('visibilitychange', seen);
    this.stops.push(
      () => document.removeEventListener('visibilitychange', seen),
      followLobby(), // with it comes the list of my running games
      effect(() => {
        const subject = this.subject();
        const lines = this.lineCount.value;
        if (hidden.value || playing.value || !subject) this.engine?.stop();
        else this.think(subject, lines);
      }),
    );
  }

  private think(subject: Subject, lines: number): void {
    this.lines.value = [];
    this.fen.value = subject.fen;
    const onLine = (line: EngineLine): void => {
      if (this.fen.peek() !== subject.fen) return;
      const others = this.lines.peek().filter(({ rank }) => rank !== line.rank && rank <= lines);
      this.lines.value = [...others, line].sort((a, b) => a.rank - b.rank);
    };
    this.engine?.search({ ...subject, limit: { depth: DEEPEST }, lines, onLine }).catch(() => {
      if (this.state.value === 'on') this.state.value = 'failed';
    });
  }
}

function storedLines(): number {
  try {
    const count = Number(localStorage.getItem(KEY));
    return count >= 1 && count <= 5 ? Math.floor(count) : 1;
  } catch {
    return 1;
  }
}
