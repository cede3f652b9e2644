import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import type { Live } from './live';
import { below } from './orientation';
import { PieceImage } from './piece';
import { myColor } from './select';
import { roleName } from './speech';
import type { PromotionAsk } from './view';

/** The pieces from the far edge inwards, by their letter. */
const CHOICES = [
  ['q', 'queen'],
  ['n', 'knight'],
  ['r', 'rook'],
  ['b', 'bishop'],
] as const;

/** The choice of a piece, as a column on the file of the promotion. */
export function Promotion({ live }: { live: Live }) {
  const ask = live.view.promotion.value;
  return ask && live.game.value ? <Column live={live} ask={ask} /> : null;
}

function Column({ live, ask }: { live: Live; ask: PromotionAsk }) {
  const box = useRef<HTMLDivElement>(null);
  // Before the column is painted, so that a key pressed as soon as it is seen is not lost.
  useLayoutEffect(() => box.current?.querySelector('button')?.focus({ preventScroll: true }), [ask]);
  const game = live.game.value;
  const color = (game && myColor(game)) ?? 'white';
  const bottom = below(live);
  const file = 'abcdefgh'.indexOf(ask.to.charAt(0));
  const left = (bottom === 'white' ? file : 7 - file) * 12.5;
  const pick = (role: string): void => void live.move(ask.from, ask.to, { role });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') live.cancelPromotion();
    else if ('qrbn'.includes(event.key)) pick(event.key);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(box.current, event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="promo" ref={box} role="dialog" aria-label={t('chess.promote')} onClick={() => live.cancelPromotion()} onKeyDown={onKeyDown}>
      {CHOICES.map(([letter, role], i) => (
        <button
          type="button"
          key={letter}
          class="promo-piece"
          style={{ left: `${left}%`, top: `${(color === bottom ? i : 7 - i) * 12.5}%` }}
          aria-label={roleName(role)}
          onClick={(event) => {
            event.stopPropagation();
            pick(letter);
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
