/** A quick look at a new password while it is typed. The server decides; this only spares a refusal. */

/** The least length, as docs/api.md has it. */
export const leastPassword = 10;

export type Strength = 'short' | 'weak' | 'fair' | 'good';

/** Bits that a character is worth by itself: people choose them badly. */
const PER_CHAR = 3.4;

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm'];
const common = ['password', 'passwort', 'letmein', 'welcome', 'iloveyou', 'dragon', 'monkey', 'football', 'sunshine', 'kibitz', 'chess'];

/** Whether two characters follow each other on the keys, in the alphabet or the digits, or are the same. */
function follows(a: string, b: string): boolean {
  return a === b || rows.some((row) => row.includes(a + b) || row.includes(b + a));
}

/** How hard a password is to guess, roughly; `own` are words that belong to the user. */
export function strength(password: string, own: readonly string[] = []): Strength {
  if ([...password].length < leastPassword) return 'short';
  const bits = worth(password.toLowerCase(), own) * PER_CHAR;
  if (bits < 28) return 'weak';
  return bits < 45 ? 'fair' : 'good';
}

/** How many characters count: a known word counts as one, and so does each step of a run or a repetition. */
function worth(password: string, own: readonly string[]): number {
  let rest = password;
  for (const word of [...common, ...own.map((one) => one.toLowerCase())]) {
    if (word.length > 2) rest = rest.replaceAll(word, '\u0000');
  }
  const letters = [...rest];
  const steps = letters.filter((letter, i) => i > 0 && follows(letters[i - 1] ?? '', letter)).length;
  return Math.min(letters.length - steps * 0.9, new Set(letters).size * 1.6);
}
