import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Toggle } from '../../../ui/choices';
import { copyText } from '../../../ui/copy';
import { Problem } from '../../../ui/refusal';
import { handText } from '../api';
import { chips } from '../money';
import type { Replay } from './replay';

/** What is hidden on the screen. Others see by themselves only what they may know. */
export interface Veil {
  names: boolean;
  cards: boolean;
}

/** What hand this is, its neighbours, and how to take it along. */
export function Tools({ id, replay, veil, onVeil }: { id: string; replay: Replay; veil: Veil; onVeil: (veil: Veil) => void }) {
  const [problem, setProblem] = useState<unknown>(null);
  const table = /^(\w{8})-\d+$/.exec(id)?.[1];
  const hidden = new URLSearchParams({ ...(veil.names && { names: 'hidden' }), ...(veil.cards && { cards: 'hidden' }) }).toString();
  const link = `${location.origin}/h/${id}${hidden && `?${hidden}`}`;
  return (
    <div class="replay-tools">
      <h2>{t('replay.what', { game: t(`poker.short.${replay.variant}.${replay.structure}`), stakes: replay.blinds.map(chips).join('/') })}</h2>
      {table !== undefined && (
        <nav class="row" aria-label={t('replay.others')}>
          <Neighbour id={replay.previous} label="replay.before" />
          <Neighbour id={replay.next} label="replay.next" />
          <a class="btn" href={`/t/${table}`}>
            {t('replay.table')}
          </a>
        </nav>
      )}
      <div class="row">
        <Button onPress={() => copyText(link, t('poker.copied'))}>{t('replay.share')}</Button>
        <Button onPress={async () => copyText(await handText(id, 'txt'), t('poker.copied'))} onFailure={setProblem}>
          {t('poker.copy-hand')}
        </Button>
        <a class="btn" href={`/api/v1/hands/${id}.phh`} download>
          PHH
        </a>
      </div>
      <Toggle label={t('replay.hide.names')} checked={veil.names} onChange={(names) => onVeil({ ...veil, names })} />
      {replay.you !== undefined && <Toggle label={t('replay.hide.cards')} checked={veil.cards} onChange={(cards) => onVeil({ ...veil, cards })} />}
      {problem !== null && <Problem reason={problem} />}
    </div>
  );
}

/** The hand before or after it, of the same sitting. */
function Neighbour({ id, label }: { id: string | undefined; label: string }) {
  return id === undefined ? null : (
    <a class="btn" href={`/h/${id}`}>
      {t(label)}
    </a>
  );
}
