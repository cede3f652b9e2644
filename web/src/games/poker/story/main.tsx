import '../../../css/base.css';
import '../../../css/shell.css';
import '../../../css/ui.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { useMemo } from 'preact/hooks';
import { addMessages } from '../../../i18n';
import { set, startSettings } from '../../../settings';
import { Header } from '../../../shell/header';
import { connection } from '../../../socket';
import { LiveRegions } from '../../../ui/live';
import { startShortcuts } from '../../../ui/shortcuts';
import en from '../en.json';
import { Live } from '../live';
import { Table } from '../page';
import type { Layer } from '../view';
import type { VariantName } from '../wire';
import { storyRoom } from './room';
import type { Scenario } from './room';

/** Tables of poker in one state each, as a query says: `seats=9&scenario=turn&variant=omaha`. For the tests of layout. */

addMessages(en);
startSettings();
startShortcuts();
connection.value = { state: 'online', retryAt: null, rtt: 24 };

const shown = signal(location.search);
Object.assign(globalThis, { showStory: (query: string) => void (shown.value = query) });

function liveOf(query: string): Live {
  const wish = new URLSearchParams(query);
  const live = new Live('aB3dE6gH');
  const word = <T extends string>(name: string, usual: T): T => (wish.get(name) ?? usual) as T;
  const room = storyRoom(Number(wish.get('seats') ?? 6), word<Scenario>('scenario', 'turn'), word<VariantName>('variant', 'holdem'), Date.now());
  live.room.value = room;
  live.shown.value = room;
  set({ bigBlinds: wish.has('bb') });
  const open = wish.get('open');
  if (open === 'sizing') live.view.sizing.value = true;
  else if (open === 'sit') live.view.sitAt.value = 2;
  else if (open) live.view.layer.value = open as Layer;
  return live;
}

function Story() {
  const query = shown.value;
  const live = useMemo(() => liveOf(query), [query]);
  return (
    <div class="page" data-story={query} key={query}>
      <Table live={live} />
    </div>
  );
}

const app = document.getElementById('app');
if (app) {
  render(
    <>
      <LiveRegions />
      <Header />
      <Story />
    </>,
    app,
  );
}
