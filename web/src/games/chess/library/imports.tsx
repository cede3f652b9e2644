import { useEffect, useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { useLoad } from '../../../people/load';
import { momentName } from '../../../people/words';
import { Button } from '../../../ui/button';
import { mention } from '../../../ui/live';
import { Problem } from '../../../ui/refusal';
import { library } from './api';
import type { Import, Mistake } from './api';

/** Between two looks while a file is read. */
const POLL = 700;

export interface ImportsState {
  /** The newest first; null before the first answer. */
  list: Import[] | null;
  problem: unknown;
  again: () => void;
}

/** My imports, asked for again while one of them runs. */
export function useImports(): ImportsState {
  const { value, problem, again } = useLoad('imports', library.list);
  const runs = value?.imports.some(({ state }) => state === 'running') ?? false;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(again, POLL);
    return () => {
      clearInterval(timer);
      mention(t('library.told'));
    };
  }, [runs]);
  return { list: value?.imports ?? null, problem, again };
}

export function Imports({ imports: { list, problem, again } }: { imports: ImportsState }) {
  if (problem !== null && !list) return <Problem reason={problem} retry={again} />;
  if (!list || list.length === 0) return null;
  return (
    <section aria-labelledby="imports-head">
      <h2 id="imports-head">{t('library.imports')}</h2>
      <ul class="imports">
        {list.map((one) => (
          <ImportRow key={one.id} one={one} again={again} />
        ))}
      </ul>
    </section>
  );
}

function ImportRow({ one, again }: { one: Import; again: () => void }) {
  return (
    <li class="panel import">
      <p class="import-head">
        <b>{momentName(one.created_at)}</b>
        {one.public && <span class="tag">{t('library.open')}</span>}
        <span class="num">{countsOf(one)}</span>
        {one.state !== 'running' && <Remove one={one} again={again} />}
      </p>
      {one.state === 'running' && <progress aria-label={t('library.reading')} value={one.read} max={Math.max(1, one.size)} />}
      {one.state === 'failed' && <p class="problem">{one.why || t('library.failed')}</p>}
      {one.errors.length > 0 && <Errors one={one} />}
    </li>
  );
}

function countsOf({ state, games, added, duplicates, refused }: Import): string {
  const parts = [
    ...(state === 'running' ? [t('library.so-far', { n: games })] : []),
    t('library.added', { n: added }),
    ...(duplicates > 0 ? [t('library.duplicates', { n: duplicates })] : []),
    ...(refused > 0 ? [t('library.refused', { n: refused })] : []),
  ];
  return parts.join(' · ');
}

/** What is wrong with a game, and what to do. */
function wordsOf({ code, what = '', message }: Mistake): string {
  switch (code) {
    case 'move':
      return t('library.wrong.move', { what });
    case 'text':
      return t('library.wrong.text', { what });
    case 'variant':
      return t('library.wrong.variant', { what });
    case 'position':
      return t('library.wrong.position', { what });
    case 'null-move':
      return t('library.wrong.null-move');
    case 'empty':
      return t('library.wrong.empty');
    case 'too-long':
      return t('library.wrong.too-long');
  }
  return message;
}

/** What is wrong with which game, with the line in the file. */
function Errors({ one: { errors, refused } }: { one: Import }) {
  return (
    <details class="import-errors" open={errors.length <= 5}>
      <summary>{t('library.errors', { n: refused })}</summary>
      <ul>
        {errors.map((mistake) => (
          <li key={mistake.game}>
            <b>{t('library.error', { game: mistake.game, line: mistake.line })}</b> {wordsOf(mistake)}
          </li>
        ))}
        {refused > errors.length && <li class="hint">{t('library.errors.more', { n: refused - errors.length })}</li>}
      </ul>
    </details>
  );
}

/** Taking an import back is asked twice: its games go with it. */
function Remove({ one, again }: { one: Import; again: () => void }) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const remove = async () => {
    if (!asked) return setAsked(true);
    await library.drop(one.id);
    again();
  };
  return (
    <>
      {problem !== null && <Problem reason={problem} />}
      <Button kind={asked ? 'danger' : 'quiet'} class="import-remove" onPress={remove} onFailure={setProblem}>
        {t(asked ? 'library.remove.sure' : 'library.remove')}
      </Button>
    </>
  );
}
