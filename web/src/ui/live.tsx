import { signal } from '@preact/signals';

/** Two live regions for screen readers. They stand in the first render, empty, as only then they are read out. */

const GAP = 700;

const urgent = signal('');
const calm = signal('');
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;
let flip = false;

/** Says at once what needs the player: your turn, low time, an illegal move, an offer. */
export function announce(text: string): void {
  // The same text twice is only read again when the region changes.
  flip = !flip;
  urgent.value = text + (flip ? '\u00a0' : '');
}

/** Says the rest, at most one message in 700 ms, joined if there were more. */
export function mention(text: string): void {
  waiting.push(text);
  timer ??= setTimeout(flush, GAP);
}

function flush(): void {
  timer = null;
  calm.value = waiting.join('. ');
  waiting = [];
}

export function LiveRegions() {
  return (
    <div class="vh">
      <div aria-live="assertive" role="alert">
        {urgent}
      </div>
      <div aria-live="polite" role="status">
        {calm}
      </div>
    </div>
  );
}
