import { path, findRoute } from './router';
import { routes } from './routes';
import { Header } from './shell/header';
import { Outlet } from './shell/outlet';
import { Footer } from './shell/footer';
import { Banner } from './ui/banner';
import { LiveRegions } from './ui/live';
import { Toasts } from './ui/toasts';
import { t } from './i18n';

/** The frame around every page. */
export function App() {
  const found = findRoute(routes, path.value);
  return (
    <>
      <a class="skip" href="#main">
        {t(found?.route.skip ?? 'skip.main')}
      </a>
      <LiveRegions />
      <Header />
      <Banner />
      <Outlet key={path.value} found={found} />
      {!found?.route.full && <Footer />}
      <Toasts />
    </>
  );
}
