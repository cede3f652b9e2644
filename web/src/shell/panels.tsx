import { Account } from './account';
import { games } from '../games/list';
import { gameSettings } from '../games/loaded';
import { findRoute, path } from '../router';
import { SoundOptions, ThemeOptions } from './options';

export type PanelName = 'sound' | 'look' | 'account' | 'all';

/** What the menus of the header hold; fetched when one is about to open. */
export function Panel({ name }: { name: PanelName }) {
  switch (name) {
    case 'sound':
      return <SoundOptions />;
    case 'look':
      return (
        <>
          <ThemeOptions />
          <GameOptions />
        </>
      );
    case 'account':
      return <Account />;
    case 'all':
      return (
        <>
          <Account />
          <ThemeOptions />
          <SoundOptions />
          <GameOptions />
        </>
      );
  }
}

/** The settings of the game on this page; elsewhere, of all games. */
function GameOptions() {
  const here = games.filter((game) => findRoute(game.routes, path.value));
  return (
    <>
      {(here.length > 0 ? here : games).map(({ kind }) => (
        <GameMenu key={kind} kind={kind} />
      ))}
    </>
  );
}

function GameMenu({ kind }: { kind: string }) {
  const View = gameSettings.of(kind)?.Menu;
  return View ? <View /> : null;
}
