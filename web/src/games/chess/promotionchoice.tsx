import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { PieceImage } from './piece';
import type { Color } from './rules';
import { roleName } from './speech';

/** The pieces from the far edge inwards, by their letter. */
const CHOICES = [
  ['q', 'queen'],
  ['n', 'knight'],
  ['r', 'rook'],
  ['b', 'bishop'],
] as const;

export interface PromotionChoiceProps {
  /** The square where the pawn arrives. */
  to: string;
  color: Color;
  /** The colour at the bottom of the board. */
  below: Color;
  onPick: (role: string) => void;
  onCancel: () => void;
}

/** The choice of a piece, as a column on the file of the promotion. */
export function PromotionChoice({ to, color, below, onPick, onCancel }: PromotionChoiceProps) {
  const box = useRef<HTMLDivElement>(null);
  // Before the column is painted, so that a key pressed as soon as it is seen is not lost.
  useLayoutEffect(() => box.current?.querySelector('button')?.focus({ preventScroll: true }), [to]);
  const file = 'abcdefgh'.indexOf(to.charAt(0));
  const left = (below === 'white' ? file : 7 - file) * 12.5;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    else if ('qrbn'.includes(event.key)) onPick(event.key);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(box.current, event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="promo" ref={box} role="dialog" aria-label={t('chess.promote')} onClick={onCancel} onKeyDown={onKeyDown}>
      {CHOICES.map(([letter, role], i) => (
        <button
          type="button"
          key={letter}
          class="promo-piece"
          style={{ left: `${left}%`, top: `${(color === below ? i : 7 - i) * 12.5}%` }}
          aria-label={roleName(role)}
          onClick={(event) => {
            event.stopPropagation();
            onPick(letter);
          }}
        >
          <PieceImage color={color} role={role} />
        </button>
      ))}
    </div>
  );
}

function step(box: HTMLElement | null, by: number): void {
  const buttons = [...(box?.querySelectorAll('button') ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
}
