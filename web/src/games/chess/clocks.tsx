import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { serverNow } from '../../socket';
import { announce } from '../../ui/live';
import { play } from '../../ui/sound';
import { ClockFace, FlagClaims, emergencyMs, formatClock, isTicking, passedMark } from './clock';
import type { Game } from './game';
import type { Live } from './live';
import { colorOf, isRunning, nameAt } from './select';
import { colorName, speakTime } from './speech';

/** One seat's clock. The text is written by hand, once a frame at most and only when it changes. */
export function Clock({ live, seat }: { live: Live; seat: number }) {
  const box = useRef<HTMLSpanElement>(null);
  const game = live.game.value;
  useEffect(() => (box.current ? run(box.current, live, seat) : undefined), [live, seat]);
  if (!game?.clocks) return null;
  const { clocks } = game;
  const name = nameAt(game, seat) ?? colorName(colorOf(seat));
  const ticking = isTicking(clocks, seat) && isRunning(game);
  const state = clocks.held && clocks.running === seat ? 'waits' : ticking ? 'runs' : '';
  return (
    <div class={`clock ${state}`} title={state === 'waits' ? t('chess.clock.held', { name }) : undefined}>
      <span class="time" role="timer" aria-live="off" aria-label={t('chess.clock.of', { name })} ref={box} />
      <Increment game={game} seat={seat} />
    </div>
  );
}

/** "+2" for a moment after a move that earned it. The clock runs from the third ply on. */
function Increment({ game, seat }: { game: Game; seat: number }) {
  const seconds = (game.info.control?.increment_ms ?? 0) / 1000;
  const plies = game.plies.length;
  const starts = game.initialFen.split(' ')[1] === 'b' ? 1 : 0;
  const moved = plies > 2 && (plies - 1 + starts) % 2 === seat;
  if (seconds === 0 || !moved || game.result) return null;
  return (
    <span class="increment" key={plies} aria-hidden="true">
      +{seconds}
    </span>
  );
}

interface Memory {
  face: ClockFace;
  claims: FlagClaims;
  left: number;
  warned: boolean;
}

function run(element: HTMLElement, live: Live, seat: number): () => void {
  const memory: Memory = { face: new ClockFace(seat), claims: new FlagClaims(), left: Infinity, warned: false };
  let frame = 0;
  const tick = (): void => {
    const game = live.game.peek();
    if (game?.clocks) show(element, live, game, memory, seat);
    frame = requestAnimationFrame(tick);
  };
  tick();
  return () => cancelAnimationFrame(frame);
}

function show(element: HTMLElement, live: Live, game: Game, memory: Memory, seat: number): void {
  const { clocks } = game;
  if (!clocks) return;
  const left = memory.face.shown(clocks, timeFor(game, seat));
  const text = formatClock(left);
  if (element.textContent !== text) element.textContent = text;
  const low = left < emergencyMs(game.info.control);
  const clock = element.parentElement;
  if (clock && clock.classList.contains('low') !== low) clock.classList.toggle('low', low);
  if (isRunning(game) && isTicking(clocks, seat)) watch(live, game, memory, { seat, left, low });
  memory.left = left;
}

/** The own clock stands still from the own move on, as far as this screen goes. */
function timeFor(game: Game, seat: number): number {
  const { pending } = game;
  return pending && !pending.held && seat === game.you ? pending.at : serverNow();
}

function watch(live: Live, game: Game, memory: Memory, now: { seat: number; left: number; low: boolean }): void {
  const claims = game.you !== null && game.clocks && memory.claims.due(game.clocks, now.left, performance.now());
  if (claims) void live.act({ type: 'claim-flag' }, { quiet: true });
  if (now.seat !== game.you || game.pending) return;
  if (now.low && !memory.warned && memory.left !== Infinity) {
    memory.warned = true;
    play('lowtime');
  }
  if (passedMark(memory.left, now.left) !== undefined && memory.left !== Infinity) announce(speakTime(now.left + 500));
}
