import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { savedScroll } from '../router';
import type { Found, PageProps } from '../router';
import { notFound } from '../routes';
import { PageSkeleton } from '../ui/skeleton';
import { Footer } from './footer';
import { Message } from '../ui/message';

let first = true;

interface Loaded {
  Page: ComponentType<PageProps> | null;
  failed: boolean;
}

/** Loads the page of a route and shows it; the frame keys it by path, so each path gets its own. */
export function Outlet({ found }: { found: Found | null }) {
  const [{ Page, failed }, setLoaded] = useState<Loaded>({ Page: null, failed: false });
  const route = found?.route ?? notFound;
  useEffect(() => {
    let current = true;
    route.load().then(
      (module) => current && setLoaded({ Page: module.default, failed: false }),
      () => current && setLoaded({ Page: null, failed: true }),
    );
    return () => void (current = false);
  }, [route]);
  if (failed) return <ChunkLost />;
  return Page ? <Arrived page={Page} params={found?.params ?? {}} full={route.full ?? false} /> : <PageSkeleton full={route.full ?? false} />;
}

/** A chunk that is gone mostly means that the server has a newer client. */
function ChunkLost() {
  return (
    <Message title={t('chunk.title')} text={t('chunk.text')}>
      <button type="button" class="btn btn-primary" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </Message>
  );
}

/** After a route change the focus goes to the new h1, and the scroll to where this page was left. */
function Arrived({ page: Page, params, full }: PageProps & { page: ComponentType<PageProps>; full: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    scrollTo(0, savedScroll());
    if (!first) focusHeading(box.current);
    first = false;
  }, []);
  return (
    <>
      <div class="page" ref={box}>
        <Page params={params} />
      </div>
      {!full && <Footer />}
    </>
  );
}

function focusHeading(box: HTMLElement | null): void {
  const heading = box?.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
