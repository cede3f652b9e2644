import type { Color } from './rules';

/** A piece outside the board, as the piece set draws it; a decoration beside a name. */
export function PieceImage({ color, role }: { color: Color; role: string }) {
  return (
    <span class="cg-wrap piece-image" aria-hidden="true">
      <piece class={`${role} ${color}`} />
    </span>
  );
}
