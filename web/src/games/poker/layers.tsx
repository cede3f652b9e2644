import { lazy } from '../../ui/lazy';
import type { Live } from './live';

const all = () => import('./dialogs/all');

const sit = lazy(() => all().then((module) => module.SitDialog));
const buy = lazy(() => all().then((module) => module.BuyDialog));
const menu = lazy(() => all().then((module) => module.TableMenu));
const keys = lazy(() => all().then((module) => module.KeysDialog));
const chat = lazy(() => all().then((module) => module.ChatDrawer));
const history = lazy(() => all().then((module) => module.HistoryDrawer));

/** What lies over the table: a chunk of its own, fetched when something is first opened. */
export function Layers({ live }: { live: Live }) {
  const { layer, sitAt } = live.view;
  const close = (): void => void (layer.value = null);
  return (
    <>
      {sitAt.value !== null && <sit.View live={live} seat={sitAt.value} onClose={() => (sitAt.value = null)} />}
      {layer.value === 'buy' && <buy.View live={live} onClose={close} />}
      {layer.value === 'menu' && <menu.View live={live} onClose={close} />}
      {layer.value === 'keys' && <keys.View onClose={close} />}
      {layer.value === 'chat' && <chat.View live={live} onClose={close} />}
      {layer.value === 'history' && <history.View live={live} onClose={close} />}
    </>
  );
}
