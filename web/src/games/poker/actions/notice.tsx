import { useEffect, useState } from 'preact/hooks';
import type { Room } from '../state/room';

const STAY = 5000;

/** Why something was refused, for a moment, above the buttons; screen readers hear it from the live region. */
export function Notice({ room }: { room: Room }) {
  const { serial, text } = room.notice;
  const [seen, setSeen] = useState(serial);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(serial), STAY);
    return () => clearTimeout(timer);
  }, [serial]);
  if (serial === seen) return null;
  return (
    <p class="refusal" aria-hidden="true">
      {text}
    </p>
  );
}
