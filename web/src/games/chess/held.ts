/** Keys that are held while a move is made: Alt asks for the piece to promote to, q r b n choose it. */

const held = new Set<string>();
let alt = false;

function changed(event: KeyboardEvent): void {
  alt = event.altKey;
  const key = event.key.toLowerCase();
  if (!'qrbn'.includes(key)) return;
  if (event.type === 'keydown') held.add(key);
  else held.delete(key);
}

/** Listens while a game is on the page; the answer stops it. */
export function watchHeldKeys(): () => void {
  const clear = (): void => {
    held.clear();
    alt = false;
  };
  addEventListener('keydown', changed);
  addEventListener('keyup', changed);
  addEventListener('blur', clear);
  return () => {
    removeEventListener('keydown', changed);
    removeEventListener('keyup', changed);
    removeEventListener('blur', clear);
    clear();
  };
}

export function altHeld(): boolean {
  return alt;
}

export function roleHeld(): string | undefined {
  return [...held][0];
}
