import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Problem } from '../ui/refusal';
import type { Pages } from './pages';

/** So near to the end of a list, in px, its next part is asked for. */
const AHEAD = '400px';

/** The end of a list: it grows by itself when it comes into sight, and by a button. */
export function LoadMore<T>({ pages }: { pages: Pages<T> }) {
  const button = useRef<HTMLButtonElement>(null);
  const { list, loading, problem, more, again } = pages;
  const due = Boolean(list?.next) && !loading && problem === null;
  useEffect(() => {
    const element = button.current;
    if (!element || !due) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && more(), { rootMargin: AHEAD });
    observer.observe(element);
    return () => observer.disconnect();
  }, [due, list?.next]);
  if (problem !== null) return <Problem reason={problem} retry={again} />;
  if (!list?.next) return null;
  return (
    <button type="button" ref={button} class="btn load-more" aria-busy={loading} disabled={loading} onClick={more}>
      {t('load.more')} {loading && <span class="spinner" aria-hidden="true" />}
    </button>
  );
}
