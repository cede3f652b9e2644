import type { GameRecord, PositionEval } from './api';
import { ROOT, nodeOf, numberOf } from './tree';
import type { NodeId, Tree, TreeNode } from './tree';
import { START_FEN } from './position';

/** A game as PGN text, with the lines tried, the clocks and the evaluations. */

export interface PgnParts {
  /** Null for a free board. */
  record: GameRecord | null;
  tree: Tree;
  /** By half-move; undefined leaves evaluations out. */
  evals?: readonly (PositionEval | null)[] | undefined;
  /** Where the game can be seen. */
  site: string;
}

/** Longest line of the movetext, as the standard asks. */
const WIDTH = 80;

export function makePgn(parts: PgnParts): string {
  const { record, tree } = parts;
  const result = resultOf(record);
  const start = nodeOf(tree, ROOT);
  const words = [...start.comments.map(comment), ...variation(parts, ROOT, true), result];
  const tags = tagsOf(parts, result).map(([name, value]) => `[${name} "${value.replace(/["\\]/g, '\\$&')}"]`);
  return `${tags.join('\n')}\n\n${wrap(words)}\n`;
}

function resultOf(record: GameRecord | null): string {
  const { result } = record ?? {};
  if (!result || result.status === 'aborted' || (result.status === 'nostart' && result.winner === null)) return '*';
  return result.winner === 0 ? '1-0' : result.winner === 1 ? '0-1' : '1/2-1/2';
}

type Tag = [name: string, value: string];

function tagsOf({ record, tree, site }: PgnParts, result: string): Tag[] {
  const { fen } = nodeOf(tree, ROOT);
  const name = (seat: number): string => record?.players[seat]?.name ?? '?';
  const at = record ? new Date(record.createdAt).toISOString() : undefined;
  const tags: Tag[] = [
    ['Event', record ? `${record.rated ? 'Rated' : 'Casual'} ${record.speed} game` : '?'],
    ['Site', site],
    ['Date', at?.slice(0, 10).replaceAll('-', '.') ?? '????.??.??'],
    ['Round', '-'],
    ['White', name(0)],
    ['Black', name(1)],
    ['Result', result],
  ];
  return [...tags, ...moreTags(record, at), ...startTags(record, fen)];
}

function moreTags(record: GameRecord | null, at: string | undefined): Tag[] {
  if (!record) return [];
  const tags: Tag[] = [];
  if (at) tags.push(['UTCDate', at.slice(0, 10).replaceAll('-', '.')], ['UTCTime', at.slice(11, 19)]);
  for (const [seat, color] of ['White', 'Black'].entries()) {
    const rating = record.players[seat]?.rating;
    if (rating !== undefined) tags.push([`${color}Elo`, String(rating)]);
  }
  const { clock, opening } = record;
  tags.push(['TimeControl', clock?.days ? `1/${clock.days * 86_400}` : clock ? `${clock.initial_ms / 1000}+${clock.increment_ms / 1000}` : '-']);
  if (opening) tags.push(['ECO', opening.eco], ['Opening', opening.name]);
  return tags;
}

function startTags(record: GameRecord | null, fen: string): Tag[] {
  const chess960 = record?.variant === 'chess960';
  const tags: Tag[] = chess960 ? [['Variant', 'Chess960']] : [];
  return fen === START_FEN && !chess960 ? tags : [...tags, ['FEN', fen], ['SetUp', '1']];
}

/** The words of the line that goes on from a node, with what branches off it. */
function variation(parts: PgnParts, from: NodeId, numbered: boolean): string[] {
  const { tree } = parts;
  const words: string[] = [];
  let says = numbered;
  for (let at = nodeOf(tree, from); at.children.length > 0; at = nodeOf(tree, at.children[0] ?? ROOT)) {
    const [main, ...others] = at.children.map((id) => nodeOf(tree, id));
    if (!main) break;
    const after = [...moveWords(parts, at, main, says)];
    words.push(...after);
    for (const other of others) {
      const line = [...moveWords(parts, at, other, true), ...variation(parts, other.id, false)];
      words.push(...bracketed(line));
    }
    says = others.length > 0 || after.at(-1)?.endsWith('}') === true;
  }
  return words;
}

function bracketed(line: readonly string[]): string[] {
  const words = [...line];
  words[0] = `(${words[0] ?? ''}`;
  words[words.length - 1] = `${words.at(-1) ?? ''})`;
  return words;
}

function moveWords(parts: PgnParts, before: TreeNode, node: TreeNode, says: boolean): string[] {
  const { number, black } = numberOf(before.fen);
  const words = black ? (says ? [`${number}...`] : []) : [`${number}.`];
  words.push(node.move?.san ?? '', ...node.nags.map((nag) => `$${nag}`));
  const notes = commands(parts, node);
  return [...words, ...(notes ? [comment(notes)] : []), ...node.comments.map(comment)];
}

function commands({ record, evals }: PgnParts, node: TreeNode): string {
  if (!node.main) return '';
  const found = evals?.[node.ply];
  const left = record?.moves?.[node.ply - 1]?.leftMs;
  const words: string[] = [];
  if (found && found.mate !== 0) words.push(`[%eval ${found.mate === undefined ? ((found.cp ?? 0) / 100).toFixed(2) : `#${found.mate}`}]`);
  if (left !== undefined) words.push(`[%clk ${clockText(left)}]`);
  return words.join(' ');
}

/** Hours always, and tenths where there are any. */
function clockText(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.floor(tenths / 10);
  const rest = tenths % 10 ? `.${tenths % 10}` : '';
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${rest}`;
}

/** A comment ends at its first closing brace: there is no way to write one inside. */
function comment(text: string): string {
  return `{ ${text.replaceAll('}', ')').replace(/\s+/g, ' ')} }`;
}

function wrap(words: readonly string[]): string {
  const lines: string[] = [''];
  for (const word of words.flatMap((text) => text.split(' '))) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
