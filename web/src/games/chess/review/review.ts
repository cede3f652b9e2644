import { batch, computed, signal } from '@preact/signals';
import { canonical, play, promotes, turnOf } from '../rules';
import type { Color, Ply } from '../rules';
import { settings } from '../../../settings';
import { me } from '../../../store';
import { opposite } from '../select';
import type { PromotionAsk } from '../view';
import type { Step } from '../walk';
import { AnalysisOf } from './analysis';
import type { GameRecord } from './api';
import { LocalEngine } from './local';
import { outcomeOf } from './position';
import { ROOT, addMove, branchStart, endOf, lineTree, mainAt, mainLine, newTree, nextOf, nodeOf, otherBranch, without } from './tree';
import type { Grown, NodeId, Tree } from './tree';
import type { Score } from './winning';

/** What an engine may think about. */
export interface Subject {
  fen: string;
  chess960: boolean;
}

/** A game looked back at, or a board to try things on: the moves, the place in them, and who thinks about it. */
export class Review {
  readonly tree = signal<Tree>(newTree('8/8/8/8/8/8/8/8 w - - 0 1'));
  /** The place chosen. */
  readonly at = signal<NodeId>(ROOT);
  /** A place only looked at, as under the pointer in the graph; null for none. */
  readonly peek = signal<NodeId | null>(null);
  readonly flipped = signal(false);
  readonly promotion = signal<PromotionAsk | null>(null);
  /** Grows when the board is to be drawn again as the state has it. */
  readonly redraws = signal(0);
  readonly analysis: AnalysisOf | null;
  readonly local = new LocalEngine(() => this.subject.value);

  /** The place that the board shows. */
  readonly node = computed(() => nodeOf(this.tree.value, this.peek.value ?? this.at.value));
  /** The line from the start, side lines played after its end included. */
  readonly main = computed(() => mainLine(this.tree.value));
  /** The game itself, the start position first. */
  readonly game = computed(() => this.main.value.filter((node) => node.main));
  /** My seat; null for who did not play. */
  readonly you = computed<number | null>(() => {
    const id = me.value?.id;
    const seat = id === undefined ? -1 : (this.record?.players.findIndex(({ user }) => user === id) ?? -1);
    return seat < 0 ? null : seat;
  });
  /** White at the bottom unless I played Black, and turned round when asked. */
  readonly below = computed<Color>(() => {
    const own: Color = this.you.value === 1 ? 'black' : 'white';
    return this.flipped.value ? opposite(own) : own;
  });
  /** The place chosen, for the engine; null where the game is over. */
  readonly subject = computed<Subject | null>(() => {
    const { fen } = nodeOf(this.tree.value, this.at.value);
    return outcomeOf(fen) ? null : { fen, chess960: this.chess960 };
  });

  /** `record` is null for a free board. */
  constructor(
    readonly record: GameRecord | null,
    fen: string,
  ) {
    this.tree.value = lineTree(fen, pliesOf(fen, record));
    this.at.value = record ? endOf(this.tree.value, ROOT) : ROOT;
    this.analysis = record ? new AnalysisOf(record, () => this.you.value !== null, () => this.positions()) : null;
  }

  get chess960(): boolean {
    return this.record?.variant === 'chess960';
  }

  go(id: NodeId): void {
    batch(() => {
      this.peek.value = null;
      this.promotion.value = null;
      this.at.value = id;
    });
  }

  step(step: Step): void {
    const tree = this.tree.value;
    const node = nodeOf(tree, this.at.value);
    const to = { first: ROOT, back: node.parent, forward: nextOf(tree, node.id) ?? node.id, last: endOf(tree, node.id) };
    this.go(to[step]);
  }

  /** To the neighbouring line, when there is one. */
  branch(by: 1 | -1): void {
    const to = otherBranch(this.tree.value, this.at.value, by);
    if (to !== undefined) this.go(to);
  }

  goToPly(ply: number): void {
    this.go(mainAt(this.tree.value, ply));
  }

  /** A move of the hand: goes on along it, as a line of its own when the game went elsewhere. */
  move(from: string, to: string, role?: string): void {
    const { fen } = nodeOf(this.tree.value, this.at.value);
    const needsRole = promotes(fen, from, to);
    if (needsRole && role === undefined && canonical(fen, `${from}${to}q`, this.chess960) && !settings.value.alwaysQueen) {
      this.promotion.value = { from, to };
      return;
    }
    if (!this.play(`${from}${to}${needsRole ? (role ?? 'q') : ''}`)) this.redraws.value += 1;
  }

  /** Plays moves of UCI one after the other from the place chosen; false when the first is not legal there. */
  play(...moves: string[]): boolean {
    let grown: Grown = { tree: this.tree.value, id: this.at.value };
    for (const move of moves) {
      const ply = plyOf(nodeOf(grown.tree, grown.id).fen, move, this.chess960);
      if (!ply) break;
      grown = addMove(grown.tree, grown.id, ply, { main: this.goesOn(grown) });
    }
    if (grown.id === this.at.value) return false;
    batch(() => {
      this.tree.value = grown.tree;
      this.go(grown.id);
    });
    return true;
  }

  /** On a free board the first line is the game itself. */
  private goesOn({ tree, id }: Grown): boolean {
    const node = nodeOf(tree, id);
    return this.record === null && node.main && node.children.length === 0;
  }

  /** Takes the side line away that the place chosen is part of. */
  dropBranch(): void {
    const start = branchStart(this.tree.value, this.at.value);
    if (start === undefined) return;
    const { tree, id } = without(this.tree.value, start);
    batch(() => {
      this.tree.value = tree;
      this.go(id);
    });
  }

  /** Puts other moves on a free board. */
  load(tree: Tree): void {
    batch(() => {
      this.tree.value = tree;
      this.go(ROOT);
    });
  }

  cancelPromotion(): void {
    this.promotion.value = null;
    this.redraws.value += 1;
  }

  /** What is thought of the position shown: by the engine that runs here, else by the stored analysis. */
  scoreShown(): Score | undefined {
    const node = this.node.value;
    const { local } = this;
    const line = local.fen.value === node.fen ? local.lines.value[0] : undefined;
    if (line) return line.score;
    const end = outcomeOf(node.fen);
    if (end) return end === 'mate' ? { mate: 0 } : { cp: 0 };
    return node.main ? (this.analysis?.value.value?.plies?.[node.ply] ?? undefined) : undefined;
  }

  /** Every position of the game, for a review of all of it. */
  private positions(): { fen: string; chess960: boolean; end?: 'mate' | 'draw' }[] {
    return this.game.peek().map(({ fen }) => {
      const end = outcomeOf(fen);
      return { fen, chess960: this.chess960, ...(end && { end }) };
    });
  }
}

/** A legal move with its spelling of this page; undefined when it is not legal. */
export function plyOf(fen: string, uci: string, chess960: boolean): Ply | undefined {
  const move = canonical(fen, uci, chess960);
  return move === undefined ? undefined : play(fen, move);
}

/** The moves of a record up to the first that cannot be followed. */
function pliesOf(fen: string, record: GameRecord | null): Ply[] {
  const plies: Ply[] = [];
  for (const { uci } of record?.moves ?? []) {
    const ply = play(plies.at(-1)?.fen ?? fen, uci);
    if (!ply) break;
    plies.push(ply);
  }
  return plies;
}

/** Whose move led to a node; only asked where there is one. */
export function moverOf(fenAfter: string): Color {
  return opposite(turnOf(fenAfter));
}
