import type { WatchTable } from '../../api';
import { controlName } from '../../control';
import { addMessages, t } from '../../i18n';
import type { MyTable } from '../../wire';
import { ColorMark } from './colormark';
import { MiniBoard } from './miniboard';
import messages from './cards.en.json';

addMessages(messages);

/** Chess in the cards of running games. */

const colors = ['white', 'black'] as const;

export function Picture({ table, seat }: { table: MyTable | WatchTable; seat: number | null }) {
  return table.fen ? <MiniBoard fen={table.fen} flipped={seat === 1} /> : null;
}

export function Players({ table }: { table: WatchTable }) {
  return (
    <>
      {colors.map((color, seat) => (
        <span key={color} class="clip">
          <ColorMark color={color} /> {table.seats[seat]?.name ?? t('chess.nobody')}
        </span>
      ))}
    </>
  );
}

export function Terms({ table: { seat, control, rated } }: { table: MyTable }) {
  return (
    <span class="num">
      <ColorMark color={seat === 1 ? 'black' : 'white'} /> {control && controlName(control)} · {t(rated ? 'mode.rated' : 'mode.casual')}
    </span>
  );
}
