import { Account } from './account';
import { BoardOptions, SoundOptions, ThemeOptions } from './options';

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
          <BoardOptions />
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
          <BoardOptions />
        </>
      );
  }
}
