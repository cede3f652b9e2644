import { useEffect, useState } from 'preact/hooks';

/** Whether a media query holds now; follows changes. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setHolds(list.matches);
    changed();
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [query]);
  return holds;
}

/** Renders again every `ms` while `on`, and not while the tab is hidden. */
export function useTick(ms: number, on = true): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => document.hidden || setCount((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, [ms, on]);
}

export const NARROW = '(max-width: 820.98px)';
export const SHORT = '(max-height: 479.98px)';
