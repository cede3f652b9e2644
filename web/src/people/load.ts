import { useEffect, useRef, useState } from 'preact/hooks';

/** Answers are kept so that the way back finds its page as it was left, at its height and scroll. */
const MOST = 40;
const kept = new Map<string, unknown>();

/** What was kept under a key, or undefined. */
export function recall<T>(key: string): T | undefined {
  return kept.get(key) as T | undefined;
}

/** Keeps something under a key for the life of the page; the oldest goes when there is too much. */
export function keep(key: string, value: unknown): void {
  kept.delete(key);
  kept.set(key, value);
  for (const old of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(old);
  }
}

export interface Loaded<T> {
  /** The last answer, also while a newer one is on its way; null before the first. */
  value: T | null;
  /** Why the last try failed; null when it did not. */
  problem: unknown;
  again: () => void;
}

/** Asks for something when the page comes, and whenever `key` changes; null asks for nothing. */
export function useLoad<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [round, setRound] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const [, setCount] = useState(0);
  const asked = useRef('');
  useEffect(() => {
    if (key === null) return;
    asked.current = key;
    setProblem(null);
    const answered = (show: () => void) => asked.current === key && show();
    load().then(
      (value) => {
        keep(key, value);
        answered(() => setCount((n) => n + 1));
      },
      (reason: unknown) => answered(() => setProblem(reason)),
    );
    return () => void (asked.current = '');
  }, [key, round]);
  return { value: key === null ? null : (recall<T>(key) ?? null), problem, again: () => setRound((n) => n + 1) };
}
