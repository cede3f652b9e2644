import { signal } from '@preact/signals';
import { onMessage } from '../socket';
import type { EventsMessage, TableMessage } from '../wire';

/** The table of my last game that came to its end here; null before one did. */
export const finished = signal<string | null>(null);

/** The tables at which I have a seat, as far as this page follows them. */
const seated = new Set<string>();

/** Whether these events end a game: by a result, and not by being called off. */
export function endsGame({ events }: Pick<EventsMessage, 'events'>): boolean {
  return events.some(({ type, view }) => type === 'ended' && (view as { status?: string } | undefined)?.status !== 'aborted');
}

function sit({ table, you }: TableMessage): void {
  if (you === null) seated.delete(table);
  else seated.add(table);
}

/** Follows my games until the answer is called. */
export function followFinished(): () => void {
  const stops = [
    onMessage('table', sit),
    onMessage('replaced', ({ table }) => seated.delete(table)),
    onMessage('events', (message) => {
      if (seated.has(message.table) && endsGame(message)) finished.value = message.table;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
