import { useEffect, useState } from 'preact/hooks';
import type { HandFilter, HandPage, HandRow } from '../api';

export interface HandList {
  rows: HandRow[] | null;
  problem: unknown;
  /** Whether there are more; `more` fetches them. */
  open: boolean;
  more: () => Promise<void>;
}

/** A list of hands, page by page. `key` begins it anew. */
export function useHands(fetchPage: (filter: HandFilter, cursor: string) => Promise<HandPage>, filter: HandFilter, key: unknown): HandList {
  const [rows, setRows] = useState<HandRow[] | null>(null);
  const [cursor, setCursor] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    let current = true;
    fetchPage(filter, '').then(
      (page) => {
        if (!current) return;
        setProblem(null);
        setRows(page.hands);
        setCursor(page.next);
      },
      (reason: unknown) => current && setProblem(reason),
    );
    return () => void (current = false);
  }, [filter, key]);
  const more = async (): Promise<void> => {
    const page = await fetchPage(filter, cursor);
    setRows([...(rows ?? []), ...page.hands]);
    setCursor(page.next);
  };
  return { rows, problem, open: cursor !== '', more };
}
