import './css/miniboard.css';

/** A small still picture of a position: a board that takes no events and knows no rules. */

const roles: Record<string, string> = { p: 'pawn', n: 'knight', b: 'bishop', r: 'rook', q: 'queen', k: 'king' };

export interface Placed {
  role: string;
  color: 'white' | 'black';
  /** From the left and from the top, 0..7, as seen from White. */
  x: number;
  y: number;
}

/** The pieces of the placement field of a FEN; what is not a piece in it is passed over. */
export function placement(fen: string): Placed[] {
  const pieces: Placed[] = [];
  let [x, y] = [0, 0];
  for (const sign of fen.split(' ', 1)[0] ?? '') {
    const role = roles[sign.toLowerCase()];
    if (sign === '/') [x, y] = [0, y + 1];
    else if (role) pieces.push({ role, color: sign === sign.toUpperCase() ? 'white' : 'black', x: x++, y });
    else x += Number(sign) || 0;
  }
  return pieces.filter((piece) => piece.x < 8 && piece.y < 8);
}

export interface MiniBoardProps {
  fen: string;
  /** Seen from Black. */
  flipped?: boolean;
  /** What the picture is, for who does not see it; left out when the text beside it says so. */
  label?: string;
}

export function MiniBoard({ fen, flipped = false, label }: MiniBoardProps) {
  const place = (n: number) => `${(flipped ? 7 - n : n) * 100}%`;
  return (
    <div class="mini cg-wrap" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {placement(fen).map(({ role, color, x, y }) => (
        <piece key={`${x}${y}`} class={`${color} ${role}`} style={{ transform: `translate(${place(x)}, ${place(y)})` }} />
      ))}
    </div>
  );
}
