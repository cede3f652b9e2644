import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { MyAccount } from './members';

export interface MineProps {
  mine: MyAccount;
}

/** One part of a page of settings, with its heading. */
export function Block({ title, note, children }: { title: string; note?: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="settings-block" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note && <p class="hint">{note}</p>}
      {children}
    </section>
  );
}
