/** The colours of chips by what they are worth, in steps of a tournament set. */
const COLOURS: readonly [number, string][] = [
  [100_000, '#d9d9e0'],
  [25_000, '#2f8f83'],
  [5000, '#c46a1b'],
  [1000, '#d4a72c'],
  [500, '#7d5bd0'],
  [100, '#23262f'],
  [25, '#2b8a4b'],
  [5, '#c0392b'],
  [1, '#e9e4d8'],
];

const MOST = 5;

/** The discs of an amount, the largest at the bottom, at most five. */
export function discs(amount: number): string[] {
  const found: string[] = [];
  let rest = amount;
  for (const [worth, colour] of COLOURS) {
    for (; rest >= worth && found.length < MOST; rest -= worth) found.push(colour);
  }
  return found;
}

/** A stack of chips; the number beside it says the amount. */
export function Chips({ amount }: { amount: number }) {
  const stack = discs(amount);
  return (
    <svg class="chips" viewBox={`0 0 22 ${11 + stack.length * 4}`} aria-hidden="true">
      {stack.map((colour, i) => (
        <g key={i} transform={`translate(0 ${(stack.length - 1 - i) * 4})`}>
          <ellipse cx="11" cy="8.5" rx="10" ry="5" fill="#000" opacity=".35" />
          <ellipse cx="11" cy="6.5" rx="10" ry="5" fill={colour} stroke="#fff" stroke-width="1.3" stroke-dasharray="4 3.5" />
        </g>
      ))}
    </svg>
  );
}
