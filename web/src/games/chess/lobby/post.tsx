import { controlName, daysLeft } from '../../../control';
import { addMessages, t } from '../../../i18n';
import { serverNow } from '../../../socket';
import type { MyTable } from '../../../wire';
import { formatClock, leftAt } from '../clock';
import { byPost, chess } from '../entry';
import { MiniBoard } from '../miniboard';
import messages from './post.en.json';

addMessages(messages);

/** My games by correspondence: where it is my turn first, and of those the most urgent. */
export function Post() {
  const games = byPost().sort((a, b) => Number(b.my_turn) - Number(a.my_turn) || left(a) - left(b));
  if (games.length === 0) return <p class="empty">{t('post.empty')}</p>;
  return (
    <ul class="strip post">
      {games.map((table) => (
        <PostGame key={table.table} table={table} />
      ))}
    </ul>
  );
}

/** The time of whoever is to move. */
function left({ clocks, seat, my_turn }: MyTable): number {
  return clocks ? leftAt(clocks, my_turn ? seat : 1 - seat, serverNow()) : Infinity;
}

function PostGame({ table }: { table: MyTable }) {
  const { seat, fen, opponent, waiting, my_turn, control } = table;
  const turn = my_turn && !waiting;
  const time = left(table);
  const state = waiting ? 'post.waiting' : turn ? 'post.mine' : 'post.theirs';
  return (
    <li>
      <a class={turn ? 'card is-turn' : 'card'} href={chess.path(table.table)}>
        {fen ? <MiniBoard fen={fen} flipped={seat === 1} /> : <span />}
        <span class="card-text">
          <strong class="clip">{opponent || t('post.nobody')}</strong>
          <span class={turn ? 'card-turn' : 'hint'}>{t(state, { time: daysLeft(time) ?? formatClock(time) })}</span>
          <span class="num">{controlName(control ?? '')}</span>
        </span>
      </a>
    </li>
  );
}
