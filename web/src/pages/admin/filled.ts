import type { ComponentChildren } from 'preact';

/** A text with what stands for each `{name}` in it; a name that is not known stays as it is. */
export function filled(text: string, parts: Record<string, ComponentChildren>): ComponentChildren[] {
  return text.split(/(\{\w+\})/).map((piece) => parts[piece.slice(1, -1)] ?? piece);
}
