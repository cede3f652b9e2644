import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { serverNow } from '../../../socket';
import type { Room } from '../state/room';
import { LOW, seconds, shareLeft, timeLeft } from '../time';

/** How long the action's own time is, where the table does not say. */
const DELAY = 20_000;

/** The time around the plate of who has to act, and how many seconds of it there are. Written by hand, once a frame. */
export function Ring({ room, seat }: { room: Room; seat: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? run(box.current, room, seat) : undefined), [room.clocks, seat]);
  if (!room.clocks) return null;
  return (
    <div class="timer" ref={box}>
      <svg class="ring" aria-hidden="true">
        <rect pathLength={100} rx="14" />
      </svg>
      <span class="timer-text num" role="timer" aria-live="off" aria-label={t('poker.time')} />
    </div>
  );
}

function run(box: HTMLElement, room: Room, seat: number): () => void {
  let frame = 0;
  const tick = (): void => {
    show(box, room, seat);
    frame = requestAnimationFrame(tick);
  };
  tick();
  return () => cancelAnimationFrame(frame);
}

function show(box: HTMLElement, { clocks, info }: Room, seat: number): void {
  const [rect, text] = [box.querySelector('rect'), box.querySelector('span')];
  if (!clocks || !rect || !text) return;
  const left = timeLeft(clocks, seat, serverNow());
  const control = { delay: info.control?.delay_ms ?? DELAY, bank: info.control?.initial_ms ?? 0 };
  const offset = String(Math.round((1 - shareLeft(left, control)) * 1000) / 10);
  if (rect.getAttribute('stroke-dashoffset') !== offset) rect.setAttribute('stroke-dashoffset', offset);
  const words = left.banking ? t('poker.time.bank', { n: seconds(left.bank) }) : String(seconds(left.free));
  if (text.textContent !== words) text.textContent = words;
  box.classList.toggle('low', (left.banking ? left.bank : left.free) < LOW);
  box.classList.toggle('banking', left.banking);
}
