import type { Color } from './rules';
import { canonical, fromSan } from './rules';

/** What a line typed into the move input asks for. */
export type Command =
  | { type: 'move'; uci: string }
  | { type: 'illegal'; text: string }
  | { type: 'last' | 'clocks' | 'opponent' | 'help' | 'empty' }
  | { type: 'pieces'; piece: string }
  | { type: 'scan'; line: string }
  | { type: 'board'; square: string }
  | { type: 'do'; action: 'resign' | 'draw' | 'takeback' };

/** The line, in a position. Commands that look like moves (`b4`, `c4`) are moves. */
export function parseLine(line: string, fen: string, chess960: boolean): Command {
  const text = line.trim();
  if (text === '') return { type: 'empty' };
  return parseCommand(text) ?? parseMove(text, fen, chess960);
}

function parseCommand(text: string): Command | undefined {
  const words = text.split(/\s+/);
  const [first = '', second = ''] = words;
  if (words.length === 1) return WORDS.get(text.toLowerCase());
  if (words.length !== 2) return undefined;
  if (first === 'p' && /^[pnbrqkaPNBRQKA]$/.test(second)) return { type: 'pieces', piece: second };
  if (first === 's' && /^[a-h1-8]$/i.test(second)) return { type: 'scan', line: second.toLowerCase() };
  if (first === 'b' && /^[a-h][1-8]$/i.test(second)) return { type: 'board', square: second.toLowerCase() };
  return undefined;
}

const WORDS = new Map<string, Command>([
  ['l', { type: 'last' }],
  ['c', { type: 'clocks' }],
  ['o', { type: 'opponent' }],
  ['help', { type: 'help' }],
  ['?', { type: 'help' }],
  ['resign', { type: 'do', action: 'resign' }],
  ['draw', { type: 'do', action: 'draw' }],
  ['takeback', { type: 'do', action: 'takeback' }],
]);

function parseMove(text: string, fen: string, chess960: boolean): Command {
  for (const spelling of spellings(text)) {
    const uci = UCI.test(spelling) ? spelling.toLowerCase() : fromSan(fen, spelling);
    const legal = uci === undefined ? undefined : canonical(fen, uci, chess960);
    if (legal !== undefined) return { type: 'move', uci: legal };
  }
  return { type: 'illegal', text };
}

const UCI = /^[a-h][1-8][a-h][1-8][qrbn]?$/i;

/**
 * The readings of a move, best first. As written; castling with zeros or small letters; a promotion without `=`; with a
 * capital for the piece (`nf3`), which comes after the reading as a pawn (`bc4` takes with the pawn when it can).
 */
function spellings(text: string): string[] {
  const bare = text.replace(/[+#!?]+$/, '');
  if (/^[o0]-?[o0]$/i.test(bare)) return ['O-O'];
  if (/^[o0]-?[o0]-?[o0]$/i.test(bare)) return ['O-O-O'];
  const pawn = bare.toLowerCase().replace(/=?([qrbn])$/, (_, role: string) => '=' + role.toUpperCase());
  const piece = bare.charAt(0).toUpperCase() + bare.slice(1).toLowerCase();
  return [...new Set([bare, pawn, ...withCaptures(pawn), piece])];
}

/** `ed5` for `exd5`. */
function withCaptures(pawn: string): string[] {
  const short = /^([a-h])([a-h][1-8].*)$/.exec(pawn);
  return short ? [`${short[1]}x${short[2]}`] : [];
}

/** Whose pieces a letter asks for: capitals are White's, as in FEN. `A` and `a` are all of them. */
export function askedPieces(letter: string): { color: Color; role: string | undefined } {
  const color = letter === letter.toUpperCase() ? 'white' : 'black';
  const role = letter.toLowerCase();
  return { color, role: role === 'a' ? undefined : role };
}
