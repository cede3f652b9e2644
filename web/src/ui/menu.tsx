import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { path } from '../router';

export interface MenuProps {
  /** The name of the button, for who does not see it. */
  label: string;
  button: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}

/** A button with a panel under it. Esc, a click elsewhere and a new page close the panel. */
export function Menu({ label, button, class: extra = '', children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => setOpen(false), [path.value]);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => event.target instanceof Node && !box.current?.contains(event.target) && setOpen(false);
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      toggle.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape, true);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', escape, true);
    };
  }, [open]);
  return (
    <div class={`menu ${extra}`} ref={box}>
      <button
        type="button"
        ref={toggle}
        class="btn btn-quiet menu-button"
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      <div class="menu-panel" id={id} role="group" aria-label={label} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
