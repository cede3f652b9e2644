import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { useShortcuts } from '../../../ui/shortcuts';

export const SPEEDS = [0.5, 1, 2, 4] as const;

/** How long a picture is looked at, in ms at single speed. */
const STEP = 1300;

export interface Walk {
  /** How many steps have been made. */
  at: number;
  playing: boolean;
  speed: number;
  go: (to: number) => void;
  toggle: () => void;
  setSpeed: (speed: number) => void;
}

/** Walking through a hand: by hand, by keys, and by itself. */
export function useWalk(frames: number, streets: readonly { at: number }[]): Walk {
  const first = streets[0]?.at ?? 0;
  const [at, setAt] = useState(first);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const last = frames - 1;
  const go = (to: number): void => setAt(Math.max(0, Math.min(last, to)));
  const toggle = (): void => {
    if (!playing && at >= last) setAt(first);
    setPlaying(!playing);
  };
  useEffect(() => {
    if (!playing) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => setAt((now) => Math.min(last, now + 1)), STEP / speed);
    return () => clearTimeout(timer);
  }, [playing, at, speed, last]);
  const before = (): number => [...streets].reverse().find((street) => street.at < at)?.at ?? 0;
  const next = (): number => streets.find((street) => street.at > at)?.at ?? last;
  useShortcuts(
    [
      { keys: ' ', label: t('replay.keys.play'), run: toggle },
      { keys: 'ArrowLeft', label: t('replay.keys.back'), run: (event) => go(event.shiftKey ? before() : at - 1) },
      { keys: 'ArrowRight', label: t('replay.keys.forth'), run: (event) => go(event.shiftKey ? next() : at + 1) },
      ...streets.slice(0, 5).map((street, i) => ({ keys: String(i + 1), label: t('replay.keys.street', { n: i + 1 }), run: () => go(street.at) })),
    ],
    [at, playing, last, speed],
  );
  return { at, playing, speed, go, toggle, setSpeed };
}
