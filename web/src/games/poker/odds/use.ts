import { useEffect, useState } from 'preact/hooks';
import type { Hand } from '../state/hand';
import type { Room } from '../state/room';
import type { Card, HandPlayer } from '../wire';
import type { Contest } from './equity';

/** How many boards are drawn before the flop. */
const SAMPLES = { holdem: 4000, omaha: 300, omaha8: 200 };

/** The contest of an all-in: everybody who can win has shown, and cards are to come. A replay also asks while there are bets. */
export function contestOf(room: Room | null, betting = false): { contest: Contest; seats: number[] } | null {
  const hand = room?.hand;
  if (!hand || (hand.turn && !betting) || hand.over || hand.awards.length > 0 || hand.boards.length > 1) return null;
  const live = hand.players.filter((player) => !player.folded);
  const board = hand.boards[0] ?? [];
  if (live.length < 2 || board.length > 4 || !live.every((player) => known(hand, player).length > 0)) return null;
  return { contest: { variant: hand.variant, hands: live.map((player) => known(hand, player)), board }, seats: live.map(({ seat }) => seat) };
}

function known(hand: Hand, player: HandPlayer): readonly Card[] {
  return player.cards ?? (hand.you?.pos === player.pos ? hand.you.cards : []);
}

/** The equities of an all-in by seat; null while there is none. They are counted after the cards are on the screen. */
export function useEquities(room: Room | null, betting = false): ReadonlyMap<number, number> | null {
  const [found, setFound] = useState<{ hand: unknown; by: ReadonlyMap<number, number> } | null>(null);
  const hand = room?.hand ?? null;
  useEffect(() => {
    const open = contestOf(room, betting);
    if (!open) return;
    let current = true;
    const { contest, seats } = open;
    setTimeout(() => {
      void import('./equity').then(({ equities }) => {
        if (!current) return;
        const parts = equities(contest, SAMPLES[contest.variant], Math.random);
        setFound({ hand, by: new Map(seats.map((seat, i) => [seat, parts[i] ?? 0])) });
      });
    }, 30);
    return () => void (current = false);
  }, [hand]);
  return found && found.hand === hand ? found.by : null;
}
