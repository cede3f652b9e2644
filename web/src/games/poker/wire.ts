import type { TableMessage } from '../../wire';

/**
 * Poker as the server shows it; the other half of internal/poker's views. A card is two letters, rank and suit: `Td`. A
 * `pos` counts the players of one hand from the left of the button, a `seat` the places of the table; all amounts are chips.
 */

export type Card = string;
export type VariantName = 'holdem' | 'omaha' | 'omaha8';
export type Structure = 'no-limit' | 'pot-limit' | 'fixed-limit';
export type Act = 'fold' | 'check' | 'call' | 'bet' | 'raise';
export type PostKind = 'ante' | 'dead' | 'small' | 'big' | 'straddle' | 'extra';

/** One level of a tournament. */
export interface Level {
  small_blind: number;
  big_blind: number;
  ante?: number;
}

/** What a table plays for. */
export interface Stakes {
  variant: VariantName;
  structure: Structure;
  small_blind: number;
  big_blind: number;
  ante?: number;
  big_blind_ante?: boolean;
  moving_button?: boolean;
  runs?: number;
  /** What every seat begins with; left out where players buy in. */
  stack?: number;
  min_buy_in?: number;
  max_buy_in?: number;
  /** What a seat costs where nobody can buy in, and the shares of the places in percent. */
  entry?: number;
  payouts?: number[];
  straddle?: boolean;
  levels?: Level[];
  level_seconds?: number;
  level_hands?: number;
  break_every?: number;
  break_seconds?: number;
}

/** A seat between hands. */
export interface Chair {
  stack: number;
  taken?: boolean;
  out?: boolean;
  leaving?: boolean;
  new?: boolean;
  owes_big?: boolean;
  owes_small?: boolean;
  posts?: boolean;
  /** Chips that count from the next hand. */
  coming?: number;
  /** Sits out when the big blind comes. */
  out_next?: boolean;
  straddles?: boolean;
  shows?: boolean;
  /** How often in a row the time ran out. */
  lapses?: number;
  /** In how many hands a lost connection gets extra time again. */
  protected?: number;
  idle?: number;
}

/** What may be done now; folding is always allowed. `min_to` and `max_to` are 0 when there may be no raise. */
export interface Legal {
  call: number;
  min_to: number;
  max_to: number;
  step: number;
}

export interface Turn {
  pos: number;
  legal: Legal;
}

/** Who has to decide after an event; nobody when both are left out. */
export interface Next {
  turn?: Turn;
  /** Those who have to say how often the board is dealt. */
  asked?: number[];
}

export interface HandPlayer {
  pos: number;
  seat: number;
  stack: number;
  /** What lies in front of the player on this street. */
  bet: number;
  folded?: boolean;
  all_in?: boolean;
  mucked?: boolean;
  won?: number;
  /** Turned over for everybody. */
  cards?: Card[];
  made?: string;
  best?: Card[];
}

export interface Pot {
  amount: number;
  players: number[];
}

export interface Own {
  pos: number;
  cards: Card[];
  made?: string;
}

/** A decision, and the street on which it was made. */
export interface Told {
  street: string;
  pos: number;
  act: Act;
  to: number;
  all_in?: boolean;
  lapsed?: boolean;
}

export interface HandView extends Next {
  variant: VariantName;
  structure: Structure;
  big_blind: number;
  street: string;
  players: HandPlayer[];
  boards: Card[][];
  pot: number;
  pots: Pot[] | null;
  price: number;
  over?: boolean;
  you?: Own;
}

export interface Finished {
  status: string;
  winners?: number[] | null;
}

export interface PokerView {
  stakes: Stakes;
  number: number;
  button: number | null;
  chairs: Chair[];
  hand: HandView | null;
  /** All decisions of that hand, in order. */
  acts?: Told[];
  result: Finished | null;
  /** Counts from 1 where blinds go up; when it ends and when the break ends, in Unix ms. */
  level?: number;
  level_until?: number;
  break?: number;
  /** Of a tournament, the first place first. */
  prizes?: number[];
}

export type PokerTable = TableMessage<PokerView>;

export interface HandBegan {
  number: number;
  ply: number;
  button: number;
  small: number;
  big: number;
  chairs: Chair[];
  at?: number;
  played?: number;
  level?: number;
  breaks?: number;
  entrants?: number;
  hand: {
    variant: VariantName;
    limit: { structure: Structure; big_blind: number };
    players: { seat: number; stack: number }[];
    posts?: { pos: number; kind: PostKind; amount: number }[];
    runs?: number;
  };
}

/** What happens in a hand and at the table, as a viewer may know it. */
export type PokerEventBody =
  | { type: 'hand-began'; view: HandBegan }
  | { type: 'posted'; view: { index: number; pos: number; kind: PostKind; amount: number } }
  | { type: 'dealt'; view: { players: number; hole: number; cards?: Card[] } & Next }
  | { type: 'acted'; view: { pos: number; act: Act; to: number; all_in?: boolean; lapsed?: boolean; stack: number; pot: number } & Next }
  | { type: 'turned'; view: { run?: number; street: string; cards: Card[] } & Next }
  | { type: 'shown'; view: { pos: number; cards: Card[]; made?: string } & Next }
  | { type: 'mucked'; view: { pos: number } }
  | { type: 'answered'; view: { pos: number; runs: number } & Next }
  | { type: 'returned'; view: { pos: number; amount: number } }
  | { type: 'awarded'; view: { pot: number; run?: number; half?: 'high' | 'low'; shares: { pos: number; amount: number }[] } }
  | { type: 'hand-ended'; view: { stacks: number[] } }
  | { type: 'bought'; view: { seat: number; chips: number; later?: boolean; entry?: number; tournament?: boolean } }
  | { type: 'sat-in'; view: { seat: number; post?: boolean } }
  | { type: 'sat-out' | 'leaving'; view: { seat: number } }
  | { type: 'left'; view: { seat: number; chips?: number } }
  | { type: 'wished'; view: { seat: number; wish: 'straddle' | 'show' | 'out-next'; on: boolean } }
  | { type: 'protected'; view: { seat: number } }
  | { type: 'rested'; view: { breaks: number; seconds: number; at: number; played: number } }
  | { type: 'placed'; view: { seat: number; place: number; prize?: number } }
  | { type: 'finished'; view: Finished };

export type PokerEventType = PokerEventBody['type'];

/** What a player asks for. Bets and raises are TO an amount, never by. */
export type PokerAction =
  | { type: 'fold' | 'check' | 'show' | 'leave' }
  | { type: 'sit-out'; when?: 'now' | 'next-blind' }
  | { type: 'straddle' | 'show-losing'; on: boolean }
  | { type: 'call'; amount: number }
  | { type: 'bet' | 'raise'; to: number }
  | { type: 'run'; times: 1 | 2 }
  | { type: 'sit-in'; post?: boolean }
  | { type: 'sit'; seat?: number; chips?: number }
  | { type: 'buy'; chips: number }
  | { type: 'wait' | 'unwait' | 'ask' | 'host-pause' | 'host-resume' }
  | { type: 'host-approve' | 'host-decline'; user: string }
  | { type: 'host-remove' | 'host-transfer'; seat: number };
