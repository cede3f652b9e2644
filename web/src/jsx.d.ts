import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** chessground's element for a piece; its picture comes from the piece set's CSS. */
      piece: HTMLAttributes<HTMLElement>;
    }
  }
}
