import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { settings } from '../settings';
import { lazy } from './lazy';

/** One key of a screen. `keys` is what is pressed: one key name of the DOM, or two after each other like "g l". */
export interface Shortcut {
  keys: string;
  /** What it does, for the sheet. */
  label: string;
  run: (event: KeyboardEvent) => void;
}

const layers: Shortcut[][] = [];
const sheetOpen = signal(false);
const sheet = lazy(() => import('./shortcut-sheet').then((module) => module.ShortcutSheet));
let prefix = '';

/** Makes keys work while the component is there, and lists them in the sheet under `?`. */
export function useShortcuts(list: readonly Shortcut[], deps: readonly unknown[]): void {
  useEffect(() => addShortcuts(list), [...deps]);
}

/** Makes keys work until the answer is called; those added first are found last. */
export function addShortcuts(list: readonly Shortcut[]): () => void {
  const layer = [...list];
  layers.push(layer);
  return () => void layers.splice(layers.indexOf(layer), 1);
}

/** Whether a key press is text for a field, and not a command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|range|button|submit)$/.test(target.type);
}

function find(keys: string): Shortcut | undefined {
  for (const layer of [...layers].reverse()) {
    const found = layer.find((shortcut) => shortcut.keys === keys);
    if (found) return found;
  }
  return undefined;
}

function isSingle(key: string): boolean {
  return key.length === 1;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  if (isSingle(event.key) && !settings.value.singleKeys) return;
  const before = prefix;
  prefix = event.key === 'g' ? 'g' : '';
  const shortcut = (before && find(`${before} ${event.key}`)) || find(event.key);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run(event);
}

/** Listens for keys. Called once, by main. */
export function startShortcuts(): void {
  document.addEventListener('keydown', onKey);
}

export function openShortcutSheet(): void {
  sheetOpen.value = true;
}

/** The sheet of all keys that work now, while it is open. */
export function Shortcuts() {
  if (!sheetOpen.value) return null;
  const seen = new Map<string, Shortcut>();
  for (const shortcut of layers.flat()) seen.set(shortcut.keys, shortcut);
  return <sheet.View shortcuts={[...seen.values()]} onClose={() => (sheetOpen.value = false)} />;
}
