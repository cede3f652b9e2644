import { signal } from '@preact/signals';
import { addMessages, t } from '../../../i18n';
import { useMyRatings } from '../../../people/my-ratings';
import { lobbyTab } from '../../lobbytab';
import { Button } from '../../../ui/button';
import { Icon } from '../../../ui/icons';
import { lazy } from '../../../ui/lazy';
import '../../../ui/more-icons';
import { useShortcuts } from '../../../ui/shortcuts';
import type { Opponent } from './create-form';
import messages from './en.json';
import { Quick } from './quick';
import './lobby.css';

addMessages(messages);

/** Chess in the lobby: quick pairing, open challenges, and the dialog that makes a game. */

const challenges = lazy(() => import('./challenges').then((module) => module.Challenges));
const post = lazy(() => import('./post').then((module) => module.Post));
const create = lazy(() => import('./create').then((module) => module.CreateDialog));

/** The kind of opponent that the create dialog is open for; null when it is closed. */
const creating = signal<Opponent | 'last' | null>(null);

const open = (opponent: Opponent | 'last') => () => void (creating.value = opponent);

export const panels = {
  quick: () => <Quick onCustom={open('last')} onBot={open('house')} />,
  open: challenges.View,
  post: post.View,
};

export function Start() {
  useMyRatings();
  useShortcuts([{ keys: 'c', label: t('create.title'), run: open('last') }], []);
  return (
    <>
      <Button kind="primary" onPress={open('last')} onPointerEnter={create.prefetch}>
        <Icon name="plus" /> {t('create.title')}
      </Button>
      <Button class="only-wide" onPress={open('friend')} onPointerEnter={create.prefetch}>
        <Icon name="link" /> {t('create.friend')}
      </Button>
      <Button class="only-wide" onPress={open('house')} onPointerEnter={create.prefetch}>
        <Icon name="bot" /> {t('create.bot')}
      </Button>
      {creating.value && (
        <create.View
          opponent={creating.value === 'last' ? null : creating.value}
          onClose={() => (creating.value = null)}
          onListed={() => (lobbyTab.value = 'open')}
        />
      )}
    </>
  );
}
