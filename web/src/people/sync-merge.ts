import type { Settings } from '../settings';

/** Whether two sets of settings differ in anything. */
export function differing(a: Settings, b: Settings): boolean {
  return (Object.keys(a) as (keyof Settings)[]).some((key) => a[key] !== b[key]);
}

/** Their settings, with what I changed since `before` on top. */
export function merged(before: Settings, mine: Settings, theirs: Settings): Settings {
  const changes = (Object.keys(mine) as (keyof Settings)[]).filter((key) => mine[key] !== before[key]);
  return { ...theirs, ...Object.fromEntries(changes.map((key) => [key, mine[key]])) };
}
