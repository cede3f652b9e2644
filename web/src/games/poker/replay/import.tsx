import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { Problem } from '../../../ui/refusal';
import { usePageTitle } from '../../../ui/title';
import { importHands } from '../api';
import type { ImportedHand } from '../api';
import { chips } from '../money';
import type { Replay } from './replay';

/** Hands from a file in PHH, to be replayed here; nothing of it is kept. */
export function ImportPage({ onChoose }: { onChoose: (replay: Replay) => void }) {
  const [hands, setHands] = useState<ImportedHand<Replay>[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  usePageTitle(t('replay.import'));
  const read = (file: File | undefined): void => {
    if (!file) return;
    setProblem(null);
    importHands<Replay>(file).then(setHands, setProblem);
  };
  return (
    <main id="main" class="message">
      <h1>{t('replay.import')}</h1>
      <p>{t('replay.import.text')}</p>
      <label class="btn">
        {t('replay.import.file')}
        <input class="vh" type="file" accept=".phh,.phhs,.toml,text/plain" onChange={(event) => read(event.currentTarget.files?.[0])} />
      </label>
      {problem !== null && <Problem reason={problem} />}
      <ol class="imported">
        {hands?.map(({ name, line, hand, error }) => (
          <li key={line}>
            {hand ? (
              <button type="button" class="btn" onClick={() => onChoose(hand)}>
                {labelOf(hand, name || t('replay.import.line', { n: line }))}
              </button>
            ) : (
              <span class="problem">{t('replay.import.bad', { n: line, error: error ?? '' })}</span>
            )}
          </li>
        ))}
      </ol>
    </main>
  );
}

/** "Hand 17, NLH 5/10", or what the file calls it. */
function labelOf({ number, variant, structure, blinds }: Replay, name: string): string {
  const game = t('replay.what', { game: t(`poker.short.${variant}.${structure}`), stakes: blinds.map(chips).join('/') });
  return `${number ? t('replay.title', { n: number }) : name}, ${game}`;
}
