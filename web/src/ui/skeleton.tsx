import { t } from '../i18n';

/** A grey block of the size that the content will have. Width and height are CSS lengths. */
export function Skeleton({ width = '100%', height = '1em' }: { width?: string; height?: string }) {
  return <span class="skeleton" style={{ width, height }} aria-hidden="true" />;
}

/** What stands where a page will be; seen only when the wait is longer than 300 ms. `full` is a page that a phone on its side shows without the header. */
export function PageSkeleton({ full = false }: { full?: boolean }) {
  return (
    <main id="main" class={full ? 'page-skeleton is-full' : 'page-skeleton'} aria-busy="true">
      <h1 class="vh">{t('loading')}</h1>
      <Skeleton height="40px" width="240px" />
      <Skeleton height="320px" />
    </main>
  );
}
