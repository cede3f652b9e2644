import { t } from '../../i18n';
import type { Color, SquarePiece } from './rules';

/** Chess in words, for ears. */

const ROLE_KEYS: Record<string, string> = {
  K: 'chess.role.king',
  Q: 'chess.role.queen',
  R: 'chess.role.rook',
  B: 'chess.role.bishop',
  N: 'chess.role.knight',
};

/** `Nxe5+` as "knight takes e 5, check". */
export function speakSan(san: string): string {
  const end = san.endsWith('#') ? t('chess.say.mate') : san.endsWith('+') ? t('chess.say.check') : '';
  const bare = san.replace(/[+#]$/, '');
  const words = castling(bare) ?? [...bare].map(speakChar).join(' ');
  return end ? `${words}, ${end}` : words;
}

function castling(bare: string): string | undefined {
  if (bare === 'O-O') return t('chess.say.castle-short');
  if (bare === 'O-O-O') return t('chess.say.castle-long');
  return undefined;
}

function speakChar(char: string): string {
  const role = ROLE_KEYS[char];
  if (role) return t(role);
  if (char === 'x') return t('chess.say.takes');
  if (char === '=') return t('chess.say.promotes');
  return char;
}

/** `e4` as "e 4": two sounds, not a word. */
export function speakSquare(square: string): string {
  return [...square].join(' ');
}

export function roleName(role: string): string {
  return t(`chess.role.${role}`);
}

export function colorName(color: Color): string {
  return t(`chess.color.${color}`);
}

/** "white knight". */
export function speakPiece(piece: SquarePiece): string {
  return t('chess.say.piece', { color: t(`chess.colour-of.${piece.color}`), role: roleName(piece.role) });
}

/** "e 4 white knight", "e 4 empty". */
export function speakPlace(square: string, piece: SquarePiece | undefined): string {
  return `${speakSquare(square)} ${piece ? speakPiece(piece) : t('chess.say.empty')}`;
}

/** "1 minute 12", "9 seconds", "2 hours 5 minutes": the time left, for the ear. */
export function speakTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${t('chess.say.days', { n: Math.floor(hours / 24) })} ${t('chess.say.hours', { n: hours % 24 })}`;
  if (hours > 0) return `${t('chess.say.hours', { n: hours })} ${t('chess.say.minutes', { n: minutes % 60 })}`;
  if (minutes === 0) return t('chess.say.seconds', { n: seconds });
  const rest = seconds % 60;
  return rest === 0 ? t('chess.say.minutes', { n: minutes }) : `${t('chess.say.minutes', { n: minutes })} ${rest}`;
}
