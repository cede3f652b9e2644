import { Material } from 'chessops/setup';
import { ROLES } from 'chessops/types';
import type { Role } from 'chessops/types';
import type { Color } from './rules';
import { positionOf } from './rules';

/** What one side has more than the other. */
export interface Surplus {
  /** Each kind of which this side has more, and how many more: queens first, pawns last. */
  roles: { role: Role; count: number }[];
  /** In pawns; negative for the side that is behind. */
  points: number;
}

const WORTH: Record<Role, number> = { queen: 9, rook: 5, bishop: 3, knight: 3, pawn: 1, king: 0 };
const ORDER: readonly Role[] = ['queen', 'rook', 'bishop', 'knight', 'pawn'];

export function surplus(fen: string, color: Color): Surplus {
  const counts = Material.fromBoard(positionOf(fen).board);
  const other = color === 'white' ? 'black' : 'white';
  const more = (role: Role): number => counts[color][role] - counts[other][role];
  return {
    roles: ORDER.filter((role) => more(role) > 0).map((role) => ({ role, count: more(role) })),
    points: ROLES.reduce((sum, role) => sum + WORTH[role] * more(role), 0),
  };
}
