import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { formatSpent } from './clock';
import type { PlayedPly } from './game';
import type { Live } from './live';
import { moveText, showCurrent } from './movetext';
import { shownPlies } from './select';

/** The moves: a table on wide screens, one line that scrolls on narrow ones; CSS makes the difference. */
export function Moves({ live }: { live: Live }) {
  const box = useRef<HTMLDivElement>(null);
  const game = live.game.value;
  const plies = game ? shownPlies(game) : [];
  const at = live.view.cursor.value ?? plies.length;
  useLayoutEffect(() => showCurrent(box.current), [at, plies.length]);
  if (!game) return <div class="moves" />;
  const offset = game.initialFen.split(' ')[1] === 'b' ? 1 : 0;
  const first = Number(game.initialFen.split(' ')[5] ?? 1);
  const rows = Array.from({ length: Math.ceil((plies.length + offset) / 2) }, (_, i) => i);
  return (
    <div class="moves" ref={box} role="region" aria-label={t('chess.moves')} tabIndex={0}>
      {rows.map((row) => (
        <div class="row" key={row}>
          <span class="num">{first + row}.</span>
          <Move live={live} plies={plies} index={2 * row - offset} at={at} />
          <Move live={live} plies={plies} index={2 * row + 1 - offset} at={at} />
        </div>
      ))}
      {plies.length === 0 && <p class="dim">{t('chess.no-moves')}</p>}
    </div>
  );
}

interface MoveProps {
  live: Live;
  plies: readonly PlayedPly[];
  index: number;
  at: number;
}

/** Arrow keys walk through the moves, so the buttons themselves are no stops of the Tab key. */
function Move({ live, plies, index, at }: MoveProps) {
  const ply = plies[index];
  if (!ply) return <span class="gap">{index < 0 ? '…' : ''}</span>;
  const current = at === index + 1;
  const spent = ply.spentMs === null ? undefined : formatSpent(ply.spentMs);
  return (
    <button
      type="button"
      class={current ? 'cur' : ''}
      tabIndex={-1}
      aria-current={current ? 'step' : undefined}
      title={spent}
      onClick={() => (live.view.cursor.value = index + 1 === plies.length ? null : index + 1)}
    >
      {moveText(ply.san)}
    </button>
  );
}
