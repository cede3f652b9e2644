import { t } from '../../../i18n';
import { play, turnOf } from '../rules';
import { speakSan } from '../speech';
import type { AnalysisOf } from './analysis';
import type { PositionEval } from './api';
import type { Review } from './review';
import { numberOf } from './tree';
import type { TreeNode } from './tree';
import { scoreText } from './winning';
import type { MoveClass, Score } from './winning';

/** The review in words. */

const CLASS_MARKS: Record<MoveClass, string> = { inaccuracy: '?!', mistake: '?', blunder: '??' };

/** The glyphs of PGN that have a common sign; others show their number. */
const NAG_MARKS: Record<number, string> = {
  1: '!', 2: '?', 3: '!!', 4: '??', 5: '!?', 6: '?!', 7: '□', 10: '=', 13: '∞',
  14: '⩲', 15: '⩱', 16: '±', 17: '∓', 18: '+−', 19: '−+', 22: '⨀', 36: '↑', 40: '→', 132: '⇆',
};

export function classMark(name: MoveClass): string {
  return CLASS_MARKS[name];
}

export function nagMark(nag: number): string {
  return NAG_MARKS[nag] ?? `$${nag}`;
}

/** What the stored analysis says of a move of the game; undefined for other lines. */
export function evalOf(analysis: AnalysisOf | null, node: TreeNode): PositionEval | undefined {
  return (node.main && analysis?.value.value?.plies?.[node.ply]) || undefined;
}

/** Moves of UCI as SAN, up to the first that is not legal. */
export function sanLine(fen: string, moves: readonly string[]): string[] {
  const line: string[] = [];
  let at = fen;
  for (const move of moves) {
    const ply = play(at, move);
    if (!ply) break;
    line.push(ply.san);
    at = ply.fen;
  }
  return line;
}

/** A line with the numbers of its moves: `12... Nf6 13. e5 Nd5`. */
export function numbered(fen: string, line: readonly string[]): string {
  const { number, black } = numberOf(fen);
  return line
    .map((san, i) => {
      const half = i + Number(black);
      const move = number + Math.floor(half / 2);
      return half % 2 === 0 ? `${move}. ${san}` : i === 0 ? `${move}... ${san}` : san;
    })
    .join(' ');
}

/** "Move 12, White: knight f 3, mistake". */
export function nodeText(review: Review, node: TreeNode): string {
  if (!node.move) return t('review.start');
  const before = review.tree.value.nodes[node.parent]?.fen ?? node.fen;
  const { number, black } = numberOf(before);
  const found = evalOf(review.analysis, node)?.class;
  const words = [t(black ? 'review.move.black' : 'review.move.white', { number: String(number) }), speakSan(node.move.san)];
  return [...words, ...(found ? [t(`review.class.${found}`)] : [])].join(', ');
}

/** "White is 1.2 pawns ahead", "Black mates in 3". */
export function speakScore(score: Score, fen: string): string {
  const { cp = 0, mate } = score;
  if (mate === 0) return t('chess.say.mate');
  const color = t(`chess.color.${(mate ?? cp) > 0 ? 'white' : 'black'}`);
  if (mate !== undefined) return t('review.say.mate', { color, n: Math.abs(mate) });
  if (scoreText(score, turnOf(fen)) === '0.0') return t('review.say.even');
  return t('review.say.ahead', { color, pawns: (Math.abs(cp) / 100).toFixed(1) });
}

/** How many moves of a line are worth saying. */
const SPOKEN = 5;

export function speakLine(fen: string, moves: readonly string[]): string {
  return sanLine(fen, moves.slice(0, SPOKEN)).map(speakSan).join('; ');
}
