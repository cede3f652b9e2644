import { t } from '../../../i18n';
import { money } from '../money';
import type { Scene } from '../scene';
import type { Room } from '../state/room';
import { Card } from './card';
import { Chips } from './chips';

/** The middle of the table: pots and board. */
export function Middle({ scene, room }: { scene: Scene; room: Room }) {
  const twice = scene.boards.length > 1;
  return (
    <div class={`mid ${twice ? 'twice' : ''}`}>
      <Pots scene={scene} room={room} />
      {(scene.boards.length > 0 ? scene.boards : [[]]).map((board, run) => (
        <Board key={run} board={board} best={scene.best} label={t(twice ? `poker.board.${run + 1}` : 'poker.board')} />
      ))}
    </div>
  );
}

const SLOTS = [0, 1, 2, 3, 4];

function Board({ board, best, label }: { board: readonly string[]; best: Scene['best']; label: string }) {
  return (
    <div class="board" role="group" aria-label={label}>
      {SLOTS.map((i) => {
        const card = board[i];
        if (card === undefined) return <span key={i} class="pcard slot" aria-hidden="true" />;
        const look = best ? (best.has(card) ? 'lift' : 'dim') : undefined;
        return <Card key={`${i}${card}`} card={card} class="flip" look={look} delay={i < 3 ? i * 60 : 0} />;
      })}
    </div>
  );
}

/** All that can be won: one sum while everybody can win all of it, and each pot by itself when somebody is all-in. */
function Pots({ scene, room }: { scene: Scene; room: Room }) {
  const { pot, pots, bigBlind } = scene;
  if (pot === 0) return <div class="pots"><Won room={room} bigBlind={bigBlind} /></div>;
  if (pots.length < 2) {
    return (
      <div class="pots">
        <span class="pot" data-pot="0">
          <Chips amount={pot} />
          {t('poker.pot')} <b class="num">{money(pot, bigBlind)}</b>
        </span>
      </div>
    );
  }
  return (
    <div class="pots" role="group" aria-label={t('poker.pots', { amount: money(pot, bigBlind) })}>
      {pots.map((one, i) => (
        <span class="pot" key={i} data-pot={i} title={t('poker.pot.who', { names: names(room, one.players) })}>
          {i === 0 ? t('poker.pot.main') : pots.length === 2 ? t('poker.pot.side') : t('poker.pot.side-n', { n: i })}{' '}
          <b class="num">{money(one.amount, bigBlind)}</b>
        </span>
      ))}
    </div>
  );
}

function names(room: Room, players: readonly number[]): string {
  return players.map((pos) => room.seats[room.hand?.players[pos]?.seat ?? -1]?.name ?? '').join(', ');
}

/** After the hand: who won, how much, and with what. */
function Won({ room, bigBlind }: { room: Room; bigBlind: number }) {
  const winners = (room.hand?.awards.length ? room.hand.players : []).filter((player) => player.won);
  if (winners.length === 0) return <span class="pot none" aria-hidden="true" />;
  const [only] = winners;
  const name = (seat: number): string => room.seats[seat]?.name ?? '';
  const amount = money(only?.won ?? 0, bigBlind);
  const text =
    winners.length > 1
      ? t('poker.split', { names: winners.map(({ seat }) => name(seat)).join(', ') })
      : t('poker.wins', { name: name(only?.seat ?? -1), amount });
  return (
    <span class="pot result">
      <b>{text}</b>
      {winners.length === 1 && only?.made && <span>{only.made}</span>}
    </span>
  );
}
