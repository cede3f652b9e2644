import { computed, effect, signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { t } from '../i18n';
import { invitations, myTurns } from '../store';

const title = signal('');
/** What the page itself knows of my turn; null when it leaves that to the list of my tables. */
const turn = signal<boolean | null>(null);
/** How many games wait for me, as far as the page of now knows. */
export const turns = computed(() => (turn.value === null ? myTurns.value : Number(turn.value)));

/**
 * Names the page in the tab, before the focus moves, so that a screen reader reads the new name. The page of a game says
 * whether it is my turn there, as the list of my tables only comes with the lobby.
 */
export function usePageTitle(text: string, myTurn: boolean | null = null): void {
  useLayoutEffect(() => {
    title.value = text;
    turn.value = myTurn;
  }, [text, myTurn]);
}

/** Puts what waits for me before the name of the page: my turns, else a challenge. Called once, by main. */
export function startTitle(): void {
  effect(() => {
    const n = turns.value;
    const challenger = invitations.value[0]?.opponent;
    const page = title.value ? `${title.value} - ${t('app.name')}` : t('app.name');
    const due = n > 0 ? t('title.turns', { n }) : challenger === undefined ? '' : t('title.invited', { name: challenger });
    document.title = due ? `${due} - ${page}` : page;
  });
}
