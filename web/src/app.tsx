import { findRoute, navigate, path } from './router';
import { routes } from './routes';
import { set, settings } from './settings';
import { Header } from './shell/header';
import { Outlet } from './shell/outlet';
import { lazy } from './ui/lazy';
import { LiveRegions } from './ui/live';
import { Shortcuts, openShortcutSheet, useShortcuts } from './ui/shortcuts';
import { Toasts } from './ui/toasts';
import { t } from './i18n';

const below = lazy(() => import('./shell/later').then((module) => module.BelowHeader));

/** Keys that work on every page. */
function useGlobalKeys(): void {
  useShortcuts(
    [
      { keys: 'g l', label: t('keys.lobby'), run: () => navigate('/') },
      { keys: 'm', label: t('keys.mute'), run: () => set({ muted: !settings.value.muted }) },
      { keys: '?', label: t('keys.help'), run: openShortcutSheet },
    ],
    [],
  );
}

/** The frame around every page. */
export function App() {
  useGlobalKeys();
  const found = findRoute(routes, path.value);
  return (
    <>
      <a class="skip" href="#main">
        {t(found?.route.skip ?? 'skip.main')}
      </a>
      <LiveRegions />
      <Header />
      <below.View />
      <Outlet key={path.value} found={found} />
      <Toasts />
      <Shortcuts />
    </>
  );
}
