import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface Lazy<P> {
  /** Shows the component as soon as its chunk is here. */
  View: ComponentType<P>;
  /** Fetches the chunk ahead of its use. */
  prefetch: () => void;
}

/** A component whose code is fetched when it is first needed. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): Lazy<P> {
  let known: ComponentType<P> | null = null;
  const fetchOnce = async () => (known ??= await load());
  const View = (props: P) => {
    const [Found, setFound] = useState<ComponentType<P> | null>(() => known);
    useEffect(() => {
      let current = true;
      if (!Found) fetchOnce().then((component) => current && setFound(() => component), reportError);
      return () => void (current = false);
    }, []);
    return Found ? <Found {...props} /> : null;
  };
  return { View, prefetch: () => void fetchOnce().catch(() => undefined) };
}
