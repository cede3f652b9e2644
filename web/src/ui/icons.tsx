import { iconPaths } from './icon-paths';
import type { gameIconPaths } from './game-icon-paths';
import type { moreIconPaths } from './more-icon-paths';

export type IconName = keyof typeof iconPaths | keyof typeof moreIconPaths | keyof typeof gameIconPaths;

const paths: Partial<Record<IconName, string>> = { ...iconPaths };

/** Adds the icons of a lazy chunk, which calls it once, at its top. */
export function addIcons(more: Partial<Record<IconName, string>>): void {
  Object.assign(paths, more);
}

export interface IconProps {
  name: IconName;
  /** CSS px. */
  size?: number;
  class?: string;
}

/** A decoration: the text beside it, or the label of its button, says the same. */
export function Icon({ name, size = 18, class: extra = '' }: IconProps) {
  return (
    <svg class={`icon ${extra}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={paths[name] ?? ''} />
    </svg>
  );
}
