import { useEffect, useState } from 'preact/hooks';
import type { Live } from './live';

const STAY = 4000;

/** Why something was refused, for a moment, above the buttons; screen readers hear it from the live region. */
export function Notice({ live }: { live: Live }) {
  const notice = live.game.value?.notice;
  const serial = notice?.serial ?? 0;
  const [seen, setSeen] = useState(serial);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(serial), STAY);
    return () => clearTimeout(timer);
  }, [serial]);
  if (!notice || serial === seen) return null;
  return (
    <p class="refusal" aria-hidden="true">
      {notice.text}
    </p>
  );
}
