import type { TableEvent, TableEventBody } from '../../wire';
import type { Game } from './game';
import { play } from './rules';
import type { ChessEventBody, MoveView } from './wire';

type Body = ChessEventBody | TableEventBody;

/** Applies one event, whose number the caller has checked. An event of an unknown type changes nothing. */
export function applyEvent(game: Game, event: TableEvent): Game {
  if (event.type === undefined) return game;
  const body = event as TableEvent & Body;
  switch (body.type) {
    case 'move':
      return applyMove(game, body.view, event);
    case 'draw-offered':
      return { ...game, drawBy: body.view.by };
    case 'draw-declined':
      return { ...game, drawBy: null };
    case 'takeback-asked':
      return { ...game, takebackBy: body.view.by };
    case 'takeback-declined':
      return { ...game, takebackBy: null };
    case 'takeback':
      return applyTakeback(game, body.view.ply);
    case 'ended':
      return { ...game, result: body.view, drawBy: null, takebackBy: null, deadline: null, canClaimDraw: false };
    default:
      return applyTableEvent(game, body, event);
  }
}

function applyTableEvent(game: Game, body: TableEventBody, event: TableEvent): Game {
  switch (body.type) {
    case 'table.seated':
      return seated(game, body.view);
    case 'table.chat':
      return { ...game, chat: [...game.chat, { ...body.view, seq: event.seq, at: event.at ?? 0 }] };
    case 'table.rematch-offered':
      return { ...game, rematchBy: body.view.by };
    case 'table.rematch-declined':
      return { ...game, rematchBy: null };
    case 'table.rematch':
      return { ...game, rematchBy: null, rematchTable: body.view.table };
    case 'table.expired':
      return { ...game, closed: true };
    case 'table.created':
    case 'table.gave-time':
    case 'table.held':
    case 'table.released':
      return game; // what they change is in the clocks that come along
    default:
      return game;
  }
}

function applyMove(game: Game, view: MoveView, event: TableEvent): Game {
  if (view.ply !== game.plies.length + 1) return { ...game, stale: true };
  const before = game.plies.at(-1)?.fen ?? game.initialFen;
  const ply = play(before, view.uci);
  if (!ply) return { ...game, stale: true };
  return {
    ...game,
    plies: [...game.plies, { ...ply, san: view.san, spentMs: event.spent_ms ?? null }],
    // An offer lives until the other player moves; asking for a takeback, until anybody does.
    drawBy: game.drawBy === event.seat ? game.drawBy : null,
    takebackBy: null,
    canClaimDraw: view.can_claim_draw ?? false,
  };
}

function applyTakeback(game: Game, ply: number): Game {
  if (ply > game.plies.length) return { ...game, stale: true };
  return { ...game, plies: game.plies.slice(0, ply), takebackBy: null, drawBy: null, canClaimDraw: false };
}

function seated(game: Game, view: { seat: number; player: Game['seats'][number] }): Game {
  const seats = game.seats.with(view.seat, view.player);
  return { ...game, seats, waiting: seats.includes(null) };
}
