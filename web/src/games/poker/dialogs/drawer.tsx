import './dialogs.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { Icon } from '../../../ui/icons';

export interface DrawerProps {
  title: string;
  onClose: () => void;
  class?: string;
  children?: ComponentChildren;
}

/** A panel beside the table on wide screens, and from below on narrow ones. The game goes on beneath it. */
export function Drawer({ title, onClose, class: extra = '', children }: DrawerProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector<HTMLElement>('.drawer-close')?.focus();
    return () => {
      if (before instanceof HTMLElement && box.current?.contains(document.activeElement)) before.focus();
    };
  }, []);
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <aside class={`drawer ${extra}`} ref={box} aria-label={title} onKeyDown={key}>
      <header class="drawer-head">
        <h2>{title}</h2>
        <button type="button" class="btn btn-quiet icon-only drawer-close" aria-label={t('close')} onClick={onClose}>
          <Icon name="x" />
        </button>
      </header>
      {children}
    </aside>
  );
}
