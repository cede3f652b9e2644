import { useEffect, useState } from 'preact/hooks';
import { addMessages, t } from '../../../i18n';
import { me } from '../../../store';
import { Button } from '../../../ui/button';
import { Problem } from '../../../ui/refusal';
import { poker } from '../api';
import type { Purse } from '../api';
import { chips } from '../money';
import messages from './purse.en.json';

addMessages(messages);

/** What the player has: null until it is known, undefined for who is nobody yet. */
export function usePurse(): [Purse | null | undefined, (purse: Purse) => void] {
  const [purse, setPurse] = useState<Purse | null | undefined>(me.value ? null : undefined);
  useEffect(() => {
    if (!me.value) return setPurse(undefined);
    let current = true;
    poker.purse().then(
      (found) => current && setPurse(found),
      () => current && setPurse(undefined),
    );
    return () => void (current = false);
  }, [me.value?.id]);
  return [purse, setPurse];
}

/** The chips of the player, and today's if they were not taken yet. */
export function PurseLine({ purse, onTaken }: { purse: Purse | null | undefined; onTaken: (purse: Purse) => void }) {
  const [problem, setProblem] = useState<unknown>(null);
  if (!purse) return null;
  return (
    <div class="purse row">
      <span>
        {t('poker.purse')} <b class="num">{chips(purse.chips)}</b>
      </span>
      {purse.daily && (
        <Button onPress={async () => onTaken(await poker.daily())} onFailure={setProblem}>
          {t('poker.daily', { amount: chips(purse.daily_chips) })}
        </Button>
      )}
      {problem !== null && <Problem reason={problem} />}
    </div>
  );
}
