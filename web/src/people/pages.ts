import { useEffect, useRef, useState } from 'preact/hooks';
import { savedScroll } from '../router';
import { keep, recall } from './load';

/** A list that is asked for part by part. `next` is what the next part is asked for with; null at the end. */
export interface Part<T> {
  items: T[];
  next: string | null;
}

export interface Pages<T> {
  /** What is here; null before the first part. */
  list: Part<T> | null;
  loading: boolean;
  problem: unknown;
  more: () => void;
  /** Tries again what failed. */
  again: () => void;
}

/** The list with one more part at its end. */
export function joined<T>(list: Part<T> | null, part: Part<T>): Part<T> {
  return { items: [...(list?.items ?? []), ...part.items], next: part.next };
}

/** The parts of a list under a key. Who comes back to a place in the list finds it as it was; who comes anew, a new one. */
export function usePages<T>(key: string, load: (cursor?: string) => Promise<Part<T>>): Pages<T> {
  const [list, setList] = useState<Part<T> | null>(() => (savedScroll() > 0 ? (recall<Part<T>>(key) ?? null) : null));
  const [state, setState] = useState<{ loading: boolean; problem: unknown }>({ loading: false, problem: null });
  const now = useRef(key);
  const ask = async (before: Part<T> | null) => {
    setState({ loading: true, problem: null });
    try {
      const all = joined(before, await load(before?.next ?? undefined));
      if (now.current !== key) return;
      keep(key, all);
      setList(all);
      setState({ loading: false, problem: null });
    } catch (problem) {
      if (now.current === key) setState({ loading: false, problem });
    }
  };
  useEffect(() => {
    const returned = now.current === key && list !== null;
    now.current = key;
    if (returned) return;
    setList(null);
    void ask(null);
  }, [key]);
  useEffect(() => () => void (now.current = ''), []);
  const more = () => list?.next && !state.loading && void ask(list);
  return { list, ...state, more, again: () => void ask(list) };
}
