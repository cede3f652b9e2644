/** Whether names may begin like that. */
export function looksLikePrefix(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,20}$/.test(text);
}

/** Where an arrow key leads in a list of a length, round its ends; null for any other key. -1 is the field itself. */
export function moveIn(length: number, at: number, key: string): number | null {
  if (length === 0) return null;
  if (key === 'ArrowDown') return at + 1 >= length ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? length - 1 : at - 1;
  return null;
}
