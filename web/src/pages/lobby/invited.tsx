import { useState } from 'preact/hooks';
import { pathOf } from '../../games/list';
import { cards } from '../../games/loaded';
import { t } from '../../i18n';
import { navigate } from '../../router';
import { act } from '../../socket';
import type { MyTable } from '../../wire';
import { Button } from '../../ui/button';
import { reasonText } from '../../ui/refusal';

/** A challenge to me, in the strip of my games: what of, and the answer to it. */
export function InvitedCard({ table: invitation }: { table: MyTable }) {
  const { table, kind, opponent } = invitation;
  const Terms = cards.of(kind)?.Terms;
  const [problem, setProblem] = useState('');
  const failed = (reason: unknown) => setProblem(reasonText(reason));
  const answer = (type: 'sit' | 'decline') => act(table, { type });
  const accept = async () => {
    await answer('sit');
    navigate(pathOf(table, kind));
  };
  return (
    <li>
      <div class="card is-turn is-invited">
        <span class="card-text">
          <strong class="clip">{t('invited.title', { name: opponent })}</strong>
          {Terms && <Terms table={invitation} />}
          {problem && (
            <span class="problem" role="alert">
              {problem}
            </span>
          )}
        </span>
        <span class="row">
          <Button kind="primary" onPress={accept} onFailure={failed} aria-label={t('invited.accept.label', { name: opponent })}>
            {t('invited.accept')}
          </Button>
          <Button onPress={() => answer('decline')} onFailure={failed} aria-label={t('invited.decline.label', { name: opponent })}>
            {t('invited.decline')}
          </Button>
        </span>
      </div>
    </li>
  );
}
