import { computed, effect, untracked } from '@preact/signals';
import { isTable, pathOf } from '../games/list';
import { t } from '../i18n';
import { playingHere } from '../people/finished';
import { navigate, path } from '../router';
import { act, followLobby } from '../socket';
import { invitations, me } from '../store';
import { reasonText } from '../ui/refusal';
import { play } from '../ui/sound';
import { toast } from '../ui/toasts';
import type { MyTable } from '../wire';

/** Challenges to me, told on every page. The lobby has them in its strip, and the table itself asks. */

/** The notes that are shown, by table, each with what takes it away; those that were closed stay here, so as not to come again. */
const told = new Map<string, () => void>();

/** Only who has an account can be challenged; and during a game its own page is all that counts. */
const reachable = computed(() => me.value !== undefined && me.value !== null && !me.value.guest && !playingHere.value);

/** Keeps the list of my tables coming where the lobby is not shown. */
function followMine(): () => void {
  return effect(() => (reachable.value ? followLobby() : undefined));
}

/** Tells of challenges until the answer is called. */
export function followInvitations(): () => void {
  const stops = [followMine(), effect(follow)];
  return () => stops.forEach((stop) => stop());
}

function follow(): void {
  const [now, here] = [invitations.value, path.value];
  untracked(() => tell(now, here));
}

function tell(now: readonly MyTable[], here: string): void {
  for (const [table, close] of told) {
    if (now.some((one) => one.table === table)) continue;
    close();
    told.delete(table);
  }
  for (const one of now) {
    if (here === '/' || here === pathOf(one.table, one.kind)) told.get(one.table)?.();
    else if (!told.has(one.table)) told.set(one.table, note(one));
  }
}

function note({ table, kind, opponent }: MyTable): () => void {
  if (!isTable(path.peek())) play('turn');
  const answer = async (type: 'sit' | 'decline') => {
    close();
    try {
      await act(table, { type });
      if (type === 'sit') navigate(pathOf(table, kind));
    } catch (reason) {
      toast({ text: reasonText(reason) });
    }
  };
  const close = toast({
    text: t('title.invited', { name: opponent }),
    sticky: true,
    actions: [
      { label: t('invited.accept'), run: () => answer('sit') },
      { label: t('invited.decline'), run: () => answer('decline') },
    ],
  });
  return close;
}
