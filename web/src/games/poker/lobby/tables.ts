import { useEffect, useState } from 'preact/hooks';
import { poker } from '../api';
import type { ListedTable, Preset } from '../api';
import type { Stakes, VariantName } from '../wire';

/** The list of tables, asked for again while somebody looks. */

export interface PokerLists {
  tables: ListedTable[];
  presets: Preset[];
}

export type Format = 'cash' | 'sng';

export interface Filter {
  format: Format;
  free: boolean;
  people: boolean;
  variant: VariantName | 'all';
}

const EVERY = 4000;

/** Null until it is here; the reason when it cannot be had. */
export function usePokerLists(): { lists: PokerLists | null; problem: unknown; again: () => Promise<void> } {
  const [lists, setLists] = useState<PokerLists | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const again = (): Promise<void> =>
    poker.tables().then((found) => {
      setProblem(null);
      setLists(found);
    }, setProblem);
  useEffect(() => {
    void again();
    const timer = setInterval(() => document.hidden || void again(), EVERY);
    return () => clearInterval(timer);
  }, []);
  return { lists, problem, again };
}

/** Where players buy in it is a cash game; where they cannot, a sit and go. */
export function formatOf(stakes: Partial<Stakes>): Format {
  return stakes.max_buy_in ? 'cash' : 'sng';
}

export function taken(table: ListedTable): number {
  return table.seats.filter(Boolean).length;
}

/** The tables that fit, those with people first. */
export function fitting(tables: readonly ListedTable[], filter: Filter): ListedTable[] {
  const people = (table: ListedTable): number => table.seats.filter((player) => player && player.house === undefined).length;
  return tables
    .filter((table) => formatOf(table.state.stakes) === filter.format)
    .filter((table) => filter.variant === 'all' || table.state.stakes.variant === filter.variant)
    .filter((table) => !filter.free || taken(table) < table.seats.length)
    .filter((table) => !filter.people || taken(table) > 0)
    .sort((a, b) => people(b) - people(a) || a.state.stakes.big_blind - b.state.stakes.big_blind);
}
