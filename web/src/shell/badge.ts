import { computed, effect } from '@preact/signals';
import { invitations } from '../store';
import { turns } from '../ui/title';

const DOT = '<circle cx="24" cy="8" r="7" fill="#e2453d" stroke="#fff" stroke-width="2"/>';

let plain: Promise<string> | null = null;

const due = computed(() => turns.value > 0 || invitations.value.length > 0);

/** The icon of the tab gets a dot while something waits for me, until the answer is called. */
export function followBadge(): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const before = link?.href;
  if (!link || before === undefined) return () => undefined;
  const stop = effect(() => {
    if (!due.value) return void (link.href = before);
    plain ??= fetch(before).then((response) => response.text());
    plain.then((svg) => due.peek() && (link.href = withDot(svg)), () => (plain = null));
  });
  return () => {
    stop();
    link.href = before;
  };
}

/** The dot is drawn for a box of 32 units and scaled to that of the icon. */
function withDot(svg: string): string {
  const size = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1] ?? 32);
  const dot = `<g transform="scale(${size / 32})">${DOT}</g>`;
  return `data:image/svg+xml,${encodeURIComponent(svg.replace('</svg>', `${dot}</svg>`))}`;
}
