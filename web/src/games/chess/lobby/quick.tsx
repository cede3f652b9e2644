import { useEffect, useRef, useState } from 'preact/hooks';
import { speedName } from '../../../control';
import { speedOf } from '../../../control-choice';
import { t } from '../../../i18n';
import { myRatingText } from '../../../people/my-ratings';
import { joinPool, keepPool, leavePool, pool, poolProblem } from '../../../pairing';
import { lobby } from '../../../store';
import { Button } from '../../../ui/button';
import { mention } from '../../../ui/live';
import { Problem } from '../../../ui/refusal';
import { NARROW, SHORT, useMedia, useTick } from '../../../ui/use';

/** The quick time controls (chess.md 6.1). */
const controls = ['1+0', '2+1', '3+0', '3+2', '5+0', '5+3', '10+0', '10+5', '15+10', '30+0', '30+20'] as const;
const CUSTOM = 'custom';
const cells = [...controls, CUSTOM];

/** So long without an opponent, and a bot is offered meanwhile. */
const OFFER_BOT_AFTER = 15_000;

export interface QuickProps {
  onCustom: () => void;
  /** Plays a bot; the wait in the pool goes on. */
  onBot: () => void;
}

/** The grid of time controls: one tap waits for an opponent, one more stops that. */
export function Quick({ onCustom, onBot }: QuickProps) {
  const columns = useColumns();
  const [current, setCurrent] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const problem = poolProblem.value;
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && pool.value) return cancel();
    const next = moved(current, event.key, columns);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    grid.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div class="quick">
      <div class="grid" role="grid" aria-label={t('lobby.quick')} ref={grid} onKeyDown={onKey}>
        {rows(columns).map((row, y) => (
          <div key={y} role="row" class="grid-row">
            {row.map((cell, x) => {
              const index = y * columns + x;
              return (
                <div key={cell} role="gridcell">
                  <Tile cell={cell} focusable={index === current} onFocus={() => setCurrent(index)} onCustom={onCustom} />
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {problem && <Problem reason={problem.reason} retry={() => void joinPool(problem.control)} />}
      <Waiting onBot={onBot} />
    </div>
  );
}

function useColumns(): number {
  const narrow = useMedia(NARROW);
  const short = useMedia(SHORT);
  if (short) return 6;
  return narrow ? 3 : 4;
}

function rows(columns: number): string[][] {
  return Array.from({ length: Math.ceil(cells.length / columns) }, (_, y) => cells.slice(y * columns, (y + 1) * columns));
}

/** Where an arrow key leads from a cell; null when it leads nowhere. */
function moved(from: number, key: string, columns: number): number | null {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  if (key === 'Home') return 0;
  if (key === 'End') return cells.length - 1;
  const to = from + (steps[key] ?? NaN);
  return to >= 0 && to < cells.length ? to : null;
}

function cancel(): void {
  leavePool();
  mention(t('pool.left'));
}

interface TileProps {
  cell: string;
  focusable: boolean;
  onFocus: () => void;
  onCustom: () => void;
}

function Tile({ cell, focusable, onFocus, onCustom }: TileProps) {
  const common = { type: 'button', tabIndex: focusable ? 0 : -1, onFocus } as const;
  if (cell === CUSTOM) {
    return (
      <button {...common} class="tile tile-custom" onClick={onCustom}>
        <strong>{t('pool.custom')}</strong>
        <span class="tile-speed">{t('pool.custom.note')}</span>
      </button>
    );
  }
  const waits = pool.value?.control === cell;
  const rating = myRatingText(speedOf(cell));
  const others = lobby.value?.pools.find((one) => one.control === cell)?.waiting ?? 0;
  return (
    <button {...common} class="tile" aria-pressed={waits} onClick={() => (waits ? cancel() : void joinPool(cell))}>
      <strong class="num">{cell}</strong>
      <span class="tile-speed">
        {speedName(speedOf(cell))}
        {rating !== null && <span class="tile-rating num">{rating}</span>}
      </span>
      <span class="tile-wait">{waits ? <Elapsed /> : others > 0 ? t('pool.waiting', { n: others }) : ''}</span>
    </button>
  );
}

function seconds(): number {
  return pool.value ? Math.floor((performance.now() - pool.value.since) / 1000) : 0;
}

function Elapsed() {
  useTick(250);
  const n = seconds();
  return <span class="num">{`${Math.floor(n / 60)}:${String(n % 60).padStart(2, '0')}`}</span>;
}

/** Says that one waits, how to stop that, and after a while offers a bot. */
function Waiting({ onBot }: { onBot: () => void }) {
  const wait = pool.value;
  useTick(1000, wait !== null);
  useEffect(() => {
    if (wait) mention(t('pool.joined', { control: wait.control }));
  }, [wait?.control]);
  if (!wait) return <p class="hint quick-hint">{t('pool.hint')}</p>;
  const long = performance.now() - wait.since > OFFER_BOT_AFTER;
  return (
    <div class={long ? 'waiting is-long' : 'waiting'}>
      <p>{long ? t('pool.noone') : t('pool.search', { control: wait.control })}</p>
      {long && (
        <Button
          kind="primary"
          onPress={() => {
            keepPool.value = true;
            onBot();
          }}
        >
          {t('pool.bot')}
        </Button>
      )}
      <Button onPress={cancel}>{t('cancel')}</Button>
    </div>
  );
}
