import { t } from '../../../i18n';
import { settings } from '../../../settings';
import { TableIcon } from '../icons';
import { chips, money } from '../money';
import type { Room } from '../state/room';
import type { SeatScene } from '../scene';
import { Card } from './card';
import { Chips } from './chips';
import { Ring } from './ring';

export interface SeatProps {
  room: Room;
  scene: SeatScene;
  bigBlind: number;
  /** What the player can expect of the pot, in percent, while all cards lie open. */
  equity?: number | undefined;
  /** Called for a free seat that can be taken. */
  onSit?: ((seat: number) => void) | undefined;
}

/** One seat: cards, plate and bet; or the way to sit down there. */
export function Seat(props: SeatProps) {
  const { scene } = props;
  return (
    <>
      {scene.taken ? <Taken {...props} /> : <Free {...props} />}
      {scene.bet > 0 && <Bet scene={scene} bigBlind={props.bigBlind} />}
    </>
  );
}

function at({ x, y }: { x: number; y: number }): { left: string; top: string } {
  return { left: `${50 + x}%`, top: `${50 + y}%` };
}

/** Where a plate stands: at the head of the table with room for the cards above it, however low the felt is. */
function stand({ x, y }: { x: number; y: number }): { left: string; top: string } {
  return { left: `${50 + x}%`, top: y < -35 ? `max(${50 + y}%, calc(var(--bw) * 1.57 + 18px))` : `${50 + y}%` };
}

function Free({ scene, room, onSit }: SeatProps) {
  const place = stand(scene.spot);
  if (scene.kept && onSit === undefined) return <span class="seat free" style={place}>{t('poker.seat.kept')}</span>;
  if (!onSit) return <span class="seat free shut" style={place} role="group" aria-label={t('poker.seat.free', { n: scene.seat + 1 })} />;
  return (
    <button type="button" class="seat free" style={place} data-seat={scene.seat} onClick={() => onSit(scene.seat)}>
      <TableIcon name="plus" size={16} />
      <span>{t('poker.sit')}</span>
      <span class="vh">{t('poker.sit.here', { n: scene.seat + 1, of: room.chairs.length })}</span>
    </button>
  );
}

function Taken({ room, scene, bigBlind, equity }: SeatProps) {
  const { hero, folded, turn, idle, won } = scene;
  const away = scene.presence === 'away' && !room.seats[scene.seat]?.house;
  const look = [hero && 'hero', folded && 'folded', idle && 'idle', turn && 'turn', won > 0 && 'won', away && 'away'].filter(Boolean).join(' ');
  return (
    <div class={`seat ${look}`} style={stand(scene.spot)} data-seat={scene.seat} role="group" aria-label={seatLabel(scene, bigBlind)}>
      <Hole scene={scene} />
      <div class="plate">
        {turn && <Ring room={room} seat={scene.seat} />}
        {scene.dealer && <span class={`dealer ${scene.spot.x > 5 ? 'on-left' : ''}`} aria-hidden="true">D</span>}
        {scene.tag && <span class={`tag-said said-${scene.tag}`}>{t(`poker.said.${scene.tag}`)}</span>}
        <span class="plate-name">
          {away && <TableIcon name="lost" size={12} />}
          <span class="clip">{plateName(scene)}</span>
          {scene.player?.house !== undefined && <em class="bot">{t('poker.bot')}</em>}
        </span>
        <span class="plate-stack num">{underName(scene, bigBlind)}</span>
        {equity !== undefined && <span class="equity num">{t('poker.equity', { n: equity })}</span>}
      </div>
      <Made scene={scene} />
    </div>
  );
}

/** The mark beside it says already who is of the house. */
function plateName({ player }: SeatScene): string {
  if (!player) return t('poker.seat.nobody');
  return player.house === undefined ? player.name : player.name.replace(/^House · /, '');
}

function Hole({ scene }: { scene: SeatScene }) {
  const { cards, best } = scene;
  const shown = cards.some((card) => card !== null);
  return (
    <div class={`hole hole-${cards.length} ${shown ? 'open' : ''}`}>
      {cards.map((card, i) => (
        <Card key={`${card}${i}`} card={card} class="dealt" delay={i * 60} look={lookOf(card, best, scene)} />
      ))}
    </div>
  );
}

function lookOf(card: string | null, best: ReadonlySet<string> | null, { folded, won }: SeatScene): 'lift' | 'dim' | undefined {
  if (folded) return 'dim';
  if (!best || card === null) return undefined;
  return won > 0 && best.has(card) ? 'lift' : 'dim';
}

/** What a hand is worth, under the own cards, and under those that were turned over. */
function Made({ scene }: { scene: SeatScene }) {
  const wanted = scene.hero ? settings.value.handStrength : scene.cards.some((card) => card !== null);
  if (!scene.made || !wanted) return null;
  return <span class="made">{scene.made}</span>;
}

function underName(scene: SeatScene, bigBlind: number): string {
  if (scene.won > 0) return `+${money(scene.won, bigBlind)}`;
  if (scene.idle === 'out' || scene.idle === 'busted') return t(`poker.idle.${scene.idle}`);
  if (scene.allIn) return t('poker.said.all-in');
  return money(scene.stack, bigBlind);
}

/** "Seat 3, Bob, 3,120 chips, folded". */
export function seatLabel(scene: SeatScene, bigBlind: number): string {
  const words = [t('poker.seat', { n: scene.seat + 1 }), scene.player?.name ?? t('poker.seat.nobody')];
  words.push(settings.value.bigBlinds ? money(scene.stack, bigBlind) : t('poker.chips', { n: scene.stack, amount: chips(scene.stack) }));
  if (scene.hero) words.push(t('poker.seat.you'));
  if (scene.dealer) words.push(t('poker.seat.dealer'));
  if (scene.folded) words.push(t('poker.seat.folded'));
  if (scene.allIn) words.push(t('poker.seat.all-in'));
  if (scene.idle) words.push(t(`poker.idle.${scene.idle}`));
  if (scene.presence === 'away') words.push(t('poker.seat.away'));
  if (scene.bet > 0) words.push(t('poker.seat.bet', { amount: money(scene.bet, bigBlind) }));
  if (scene.turn) words.push(t('poker.seat.turn'));
  return words.join(', ');
}

function Bet({ scene, bigBlind }: { scene: SeatScene; bigBlind: number }) {
  return (
    <span class={`bet bet-${scene.spot.bet.edge}`} style={at(scene.spot.bet)} data-bet={scene.seat} aria-hidden="true">
      <Chips amount={scene.bet} />
      <b class="num">{money(scene.bet, bigBlind)}</b>
    </span>
  );
}
