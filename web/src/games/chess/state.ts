import type { EventsMessage, PresenceMessage, ReplacedMessage } from '../../wire';
import { applyEvent } from './events';
import type { Game, PendingMove, PlayedPly } from './game';
import { canonical, play } from './rules';
import type { ChessTable } from './wire';

/** What this tab itself did or learned, told to the state in the same way as what the server says. */
export type LocalInput =
  | { type: 'local-move'; move: PendingMove }
  /** The connection is back, and the held move goes out. */
  | { type: 'local-released' }
  | { type: 'local-sending'; action: string }
  | { type: 'local-answered'; action: string }
  /** `text` is for the player; left out when nobody needs to hear of it. */
  | { type: 'local-refused'; action: string; text?: string };

export type Input = EventsMessage | PresenceMessage | ReplacedMessage | LocalInput;

/** A table as the server describes it. What was known before is kept only where the description has no word on it. */
export function fromTable(message: ChessTable, before?: Game): Game {
  const known = before?.table === message.table ? before : undefined;
  const { state } = message;
  return {
    table: message.table,
    seq: message.seq,
    stale: false,
    you: message.you,
    lostSeat: message.you === null ? (known?.lostSeat ?? null) : null,
    waiting: message.waiting,
    closed: message.closed ?? false,
    seats: message.seats,
    info: message.info,
    variant: state.variant,
    initialFen: state.initial_fen,
    plies: replay(message),
    drawBy: state.draw_offered_by,
    takebackBy: state.takeback_asked_by,
    canClaimDraw: state.can_claim_draw,
    takebacks: state.takebacks,
    noAbort: state.no_abort ?? false,
    drawFrom: Math.max(2, state.draw_from ?? 0),
    result: state.result,
    clocks: message.clocks,
    deadline: message.deadline,
    rematchBy: message.rematch.offered_by,
    rematchTable: message.rematch.table,
    chat: message.chat,
    presence: known?.presence ?? [],
    watchers: known?.watchers ?? 0,
    pending: stillGood(known?.pending ?? null, message),
    sending: known?.sending ?? [],
    notice: known?.notice ?? { serial: 0, text: '' },
  };
}

function replay(message: ChessTable): PlayedPly[] {
  let fen = message.state.initial_fen;
  return message.state.moves.map((move, i) => {
    const ply = play(fen, move.uci);
    if (!ply) throw new Error(`The server sent ${move.uci} as move ${i + 1}, which is not legal there.`);
    fen = ply.fen;
    return { ...ply, san: move.san, spentMs: message.spent_ms[i] ?? null };
  });
}

/** A pending move survives a new description of the table when it is still to be made there. */
function stillGood(pending: PendingMove | null, { state }: ChessTable): PendingMove | null {
  if (!pending || state.result || pending.ply !== state.moves.length) return null;
  const legal = canonical(state.fen, pending.move.uci, state.variant === 'chess960');
  return legal === undefined ? null : pending;
}

/** The next state. Pure; numbers already known are ignored, and a gap makes the state `stale`. */
export function reduce(game: Game, input: Input): Game {
  switch (input.type) {
    case 'events':
      return withEvents(game, input);
    case 'presence':
      return { ...game, presence: input.seats, watchers: input.watchers };
    case 'replaced':
      return { ...game, you: null, lostSeat: game.you ?? game.lostSeat, pending: null, sending: [] };
    default:
      return withLocal(game, input);
  }
}

function withEvents(game: Game, message: EventsMessage): Game {
  let next = game;
  for (const event of message.events) {
    if (event.seq <= next.seq) continue;
    if (event.seq > next.seq + 1) return { ...next, stale: true };
    next = { ...applyEvent(next, event), seq: event.seq };
    if (next.stale) return next;
  }
  next = { ...next, pending: stillPending(next) };
  return isOld(game, message) ? next : { ...next, clocks: message.clocks, deadline: message.deadline };
}

/** Confirmed, overtaken by a takeback or by the end of the game: no longer pending. */
function stillPending(game: Game): PendingMove | null {
  const open = game.pending?.ply === game.plies.length && game.result === null;
  return open ? game.pending : null;
}

/** A message that only repeats what is known must not set the clocks back. */
function isOld(game: Game, message: EventsMessage): boolean {
  const newest = message.events.at(-1);
  return newest !== undefined && newest.seq <= game.seq;
}

function withLocal(game: Game, input: LocalInput): Game {
  switch (input.type) {
    case 'local-move':
      return { ...game, pending: input.move };
    case 'local-released':
      return game.pending ? { ...game, pending: { ...game.pending, held: false } } : game;
    case 'local-sending':
      return { ...game, sending: [...game.sending, input.action] };
    case 'local-answered':
      return answered(game, input.action);
    case 'local-refused':
      return refused(answered(game, input.action), input);
  }
}

/** Takes one action of that type off the list: two of a kind have two answers. */
function answered(game: Game, action: string): Game {
  const index = game.sending.indexOf(action);
  return index < 0 ? game : { ...game, sending: game.sending.toSpliced(index, 1) };
}

function refused(game: Game, { action, text }: { action: string; text?: string }): Game {
  const next = action === 'move' ? { ...game, pending: null } : game;
  return text === undefined ? next : { ...next, notice: { serial: game.notice.serial + 1, text } };
}
