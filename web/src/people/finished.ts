import { computed, signal } from '@preact/signals';
import { path } from '../router';
import { onMessage } from '../socket';
import type { EventsMessage, TableMessage } from '../wire';

/** The table of my last game that came to its end here; null before one did. */
export const finished = signal<string | null>(null);

/** The tables at which I have a seat, as far as this page follows them. */
const seated = new Set<string>();

/** Those of them whose game goes on. */
const inPlay = signal<ReadonlySet<string>>(new Set());

/** Whether the page shows a game that I play now. */
export const playingHere = computed(() => [...inPlay.value].some((table) => path.value.endsWith(`/${table}`)));

function put(table: string, goesOn: boolean): void {
  if (inPlay.peek().has(table) === goesOn) return;
  const next = new Set(inPlay.peek());
  if (goesOn) next.add(table);
  else next.delete(table);
  inPlay.value = next;
}

/** Whether these events end a game: by a result, and not by being called off. */
export function endsGame({ events }: Pick<EventsMessage, 'events'>): boolean {
  return events.some(({ type, view }) => type === 'ended' && (view as { status?: string } | undefined)?.status !== 'aborted');
}

/** The state of a game that is over has a result, whatever the game. */
function sit({ table, you, state }: TableMessage): void {
  if (you === null) seated.delete(table);
  else seated.add(table);
  put(table, you !== null && !(state as { result?: unknown } | null)?.result);
}

function leave(table: string): void {
  seated.delete(table);
  put(table, false);
}

/** Follows my games until the answer is called. */
export function followFinished(): () => void {
  const stops = [
    onMessage('table', sit),
    onMessage('replaced', ({ table }) => leave(table)),
    onMessage('events', (message) => {
      if (message.events.some(({ type }) => type === 'ended')) put(message.table, false);
      if (seated.has(message.table) && endsGame(message)) finished.value = message.table;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}
