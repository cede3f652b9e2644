import type { MyTable } from '../../wire';

/** My tables as the strip shows them: where somebody waits for my answer, then my turns, then the rest. */
export function resumeOrder(tables: readonly MyTable[]): MyTable[] {
  const rank = ({ invited, my_turn }: MyTable) => (invited ? 0 : my_turn ? 1 : 2);
  return [...tables].sort((a, b) => rank(a) - rank(b));
}
