/** Where a page leads when it is done, from `?next=` of its query: only ever to a page of this application. */
export function nextPath(query: string): string {
  const next = new URLSearchParams(query).get('next') ?? '';
  return /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/';
}

/** A link to a page that comes back here. */
export function withNext(page: string, from: string): string {
  return from === '/' ? page : `${page}?next=${encodeURIComponent(from)}`;
}
