import { useEffect } from 'preact/hooks';
import type { Live } from './live';
import { isMyTurn } from './select';

const DOT = '<circle cx="24" cy="8" r="7" fill="#e2453d" stroke="#fff" stroke-width="2"/>';

let plain: Promise<string> | null = null;

/** The icon of the tab gets a dot while it is the player's turn. */
export function useFavicon(live: Live): void {
  const game = live.game.value;
  const dotted = game !== null && isMyTurn(game);
  useEffect(() => {
    if (!dotted) return;
    const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    const before = link?.href;
    if (!link || before === undefined) return;
    let current = true;
    plain ??= fetch(before).then((response) => response.text());
    void plain.then((svg) => {
      if (current) link.href = withDot(svg);
    });
    return () => {
      current = false;
      link.href = before;
    };
  }, [dotted]);
}

/** The dot is drawn for a box of 32 units and scaled to that of the icon. */
function withDot(svg: string): string {
  const size = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1] ?? 32);
  const dot = `<g transform="scale(${size / 32})">${DOT}</g>`;
  return `data:image/svg+xml,${encodeURIComponent(svg.replace('</svg>', `${dot}</svg>`))}`;
}
