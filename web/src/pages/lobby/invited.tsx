import { useState } from 'preact/hooks';
import { controlName } from '../../control';
import { t } from '../../i18n';
import { navigate } from '../../router';
import { act } from '../../socket';
import type { MyTable } from '../../wire';
import { Button } from '../../ui/button';
import { ColorMark } from '../../ui/color-mark';
import { reasonText } from '../../ui/refusal';

/** A challenge to me, in the strip of my games: what of, and the answer to it. */
export function InvitedCard({ table: { table, opponent, seat, control, rated } }: { table: MyTable }) {
  const [problem, setProblem] = useState('');
  const failed = (reason: unknown) => setProblem(reasonText(reason));
  const answer = (type: 'sit' | 'decline') => act(table, { type });
  const accept = async () => {
    await answer('sit');
    navigate(`/g/${table}`);
  };
  return (
    <li>
      <div class="card is-turn is-invited">
        <span class="card-text">
          <strong class="clip">{t('invited.title', { name: opponent })}</strong>
          <span class="num">
            <ColorMark color={seat === 1 ? 'black' : 'white'} /> {control && controlName(control)} · {t(rated ? 'mode.rated' : 'mode.casual')}
          </span>
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
