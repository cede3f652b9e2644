import { settings } from '../../settings';

const FIGURINES: Record<string, string> = { K: '♚', Q: '♛', R: '♜', B: '♝', N: '♞' };

/** A move as the player wants moves written: letters, or figures of the pieces. */
export function moveText(san: string): string {
  if (!settings.value.figurines) return san;
  return san.replace(/[KQRBN]/g, (letter) => FIGURINES[letter] ?? letter);
}

/** Scrolls the list itself; scrollIntoView would move the page with it. */
export function showCurrent(box: HTMLElement | null): void {
  const current = box?.querySelector<HTMLElement>('.cur');
  if (!box) return;
  box.scrollTop = current ? current.offsetTop - (box.clientHeight - current.offsetHeight) / 2 : 0;
  box.scrollLeft = current ? current.offsetLeft - (box.clientWidth - current.offsetWidth) / 2 : 0;
}
