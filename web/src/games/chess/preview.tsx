import { people } from '../../people/api';
import { useSettled } from '../../people/form';
import { useLoad } from '../../people/load';
import { MiniBoard } from './miniboard';

/** Rows that the pointer only crosses are not asked for. */
const PAUSE = 150;

/** The last position of a game, beside its row. Who does not see it misses nothing that the row does not say. */
export function Preview({ table, flipped }: { table: string; flipped: boolean }) {
  const due = useSettled(true, PAUSE, false);
  const { value } = useLoad(due ? `game ${table}` : null, () => people.game(table));
  if (!value?.state.fen) return null;
  return (
    <div class="game-preview" aria-hidden="true">
      <MiniBoard fen={value.state.fen} flipped={flipped} />
    </div>
  );
}
