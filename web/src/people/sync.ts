import { effect, signal } from '@preact/signals';
import { readSettings, set, settings } from '../settings';
import type { Settings } from '../settings';
import { Refused, online } from '../socket';
import { account } from './account-api';
import type { StoredSettings } from './account-api';
import { differing, merged } from './sync-merge';

/** Settings follow the account: what is set here is stored there, and what is stored there holds here. */

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed';

/** Whether the last change is in the account. Without an account the browser keeps them, which cannot fail. */
export const saveState = signal<SaveState>('idle');
/** Why the last change was taken back; null when it was not. */
export const saveProblem = signal<unknown>(null);

/** Changes that follow each other closely are stored as one. */
const PAUSE = 500;

/** What the account has; null while that is not known. */
let stored: { version: number; settings: Settings } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let user: string | null = null;
let stop: (() => void) | null = null;

/** Begins to follow the account of a user. Of a new account these settings become the first. */
export function followAccount(id: string): void {
  if (user === id) return;
  leaveAccount();
  user = id;
  stop = effect(() => {
    const now = settings.value;
    if (!online.value || (stored && !differing(stored.settings, now))) return;
    clearTimeout(timer);
    timer = setTimeout(() => void settle(id), stored ? PAUSE : 0);
  });
}

/** Stops; the settings stay as they are in this browser. */
export function leaveAccount(): void {
  stop?.();
  clearTimeout(timer);
  stop = stored = user = null;
  saveState.value = 'idle';
}

async function settle(id: string): Promise<void> {
  try {
    if (!stored) await fetchFirst(id);
    if (user === id && stored && differing(stored.settings, settings.peek())) await store(id);
  } catch (reason) {
    if (user === id) failed(reason);
  }
}

/** What the account has holds; what it has nothing of, it gets. */
async function fetchFirst(id: string): Promise<void> {
  const answer = await account.settings();
  if (user !== id) return;
  const theirs = typed(answer);
  stored = { version: answer.version, settings: theirs };
  if (answer.version > 0) set(theirs);
}

function typed({ settings: object }: StoredSettings): Settings {
  return readSettings(JSON.stringify(object));
}

async function store(id: string): Promise<void> {
  const now = settings.peek();
  const before = stored;
  if (!before) return;
  saveState.value = 'saving';
  saveProblem.value = null;
  try {
    const { version } = await account.storeSettings({ version: before.version, settings: { ...now } });
    if (user !== id) return;
    stored = { version, settings: now };
    saveState.value = 'saved';
  } catch (reason) {
    if (!(reason instanceof Refused) || reason.code !== 'changed') throw reason;
    await takeOver(before.settings, now, id);
  }
}

/** Another browser was faster: its changes hold, and then mine on top of them. */
async function takeOver(before: Settings, mine: Settings, id: string): Promise<void> {
  const answer = await account.settings();
  if (user !== id) return;
  const theirs = typed(answer);
  stored = { version: answer.version, settings: theirs };
  set(merged(before, mine, theirs));
  if (!differing(theirs, settings.peek())) saveState.value = 'saved';
}

/** A refusal takes the change back; without a connection it waits for the next. */
function failed(reason: unknown): void {
  if (reason instanceof Refused && reason.code === 'offline') return;
  saveState.value = 'failed';
  saveProblem.value = reason;
  if (stored) set(stored.settings);
}
