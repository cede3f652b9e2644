import { batch, signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** What a page gets: the named parts of its path. */
export interface PageProps {
  params: Record<string, string>;
}

export interface PageModule {
  default: ComponentType<PageProps>;
}

/** One route: a path like `/g/:id`, the lazy chunk of its page, and how the shell shows it. */
export interface Route {
  path: string;
  load: () => Promise<PageModule>;
  /** The text of the "skip to" link, as a key of i18n. */
  skip?: string;
  /** A page that fills the window, without the footer. */
  full?: boolean;
}

export interface Found {
  route: Route;
  params: Record<string, string>;
}

/** The path of the page shown. */
export const path = signal(typeof location === 'undefined' ? '/' : location.pathname);
/** What stands behind the path, with its `?`; a page that is asked for with another query stays the same page. */
export const query = signal(typeof location === 'undefined' ? '' : location.search);

/** The first route that fits; null when none does. */
export function findRoute(routes: readonly Route[], pathname: string): Found | null {
  for (const route of routes) {
    const params = match(route.path, pathname);
    if (params) return { route, params };
  }
  return null;
}

function match(pattern: string, pathname: string): Record<string, string> | null {
  const want = pattern.split('/').filter(Boolean);
  const have = pathname.split('/').filter(Boolean);
  if (want.length !== have.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of want.entries()) {
    const value = have[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
}

/** Goes to a page of this application. `replace` leaves no way back to the present one. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  history.replaceState({ scroll: scrollY }, '');
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  arrive();
}

/** Says in the address bar what the page shows now, without a step in the history. */
export function replaceQuery(search: string): void {
  history.replaceState(history.state, '', location.pathname + search);
  arrive();
}

function arrive(): void {
  batch(() => {
    path.value = location.pathname;
    query.value = location.search;
  });
}

/** How far the page in the history was scrolled; 0 for a new one. */
export function savedScroll(): number {
  const state = history.state as { scroll?: number } | null;
  return state?.scroll ?? 0;
}

/** Follows links and the back button. Called once, by main. */
export function startRouter(): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', arrive);
  document.addEventListener('click', onClick);
}

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="/"]') : null;
  if (!link || link.target || link.hasAttribute('download') || event.defaultPrevented) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(link.getAttribute('href') ?? '/');
}
