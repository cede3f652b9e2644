import { lazy } from '../../ui/lazy';
import type { Live } from './live';

const sit = lazy(() => import('./dialogs/sit').then((module) => module.SitDialog));
const buy = lazy(() => import('./dialogs/buy').then((module) => module.BuyDialog));
const menu = lazy(() => import('./dialogs/menu').then((module) => module.TableMenu));
const keys = lazy(() => import('./dialogs/keys').then((module) => module.KeysDialog));
const chat = lazy(() => import('./dialogs/chat').then((module) => module.ChatDrawer));
const history = lazy(() => import('./history/drawer').then((module) => module.HistoryDrawer));

/** What lies over the table: each comes as a chunk of its own when it is first opened. */
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
