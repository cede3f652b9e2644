import '../css/felt.css';
import '../css/table.css';
import './replay.css';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { addMessages, t } from '../../../i18n';
import { query } from '../../../router';
import type { PageProps } from '../../../router';
import { Message } from '../../../ui/message';
import { PageSkeleton } from '../../../ui/skeleton';
import { usePageTitle } from '../../../ui/title';
import { poker } from '../api';
import en from '../en.json';
import { Felt } from '../felt/felt';
import { useEquities } from '../odds/use';
import { Controls } from './controls';
import texts from './en.json';
import { ImportPage } from './import';
import { framesOf, marks, veiled } from './replay';
import type { Replay } from './replay';
import { Steps } from './steps';
import { Tools } from './tools';
import type { Veil } from './tools';
import { useWalk } from './walk';

addMessages(en);
addMessages(texts);

/** The page of one hand, `/h/:id`: it is played again, as far as the reader may know it. `/h/file` reads hands from a file. */
export default function ReplayPage({ params }: PageProps) {
  const id = params['id'] ?? '';
  return id === 'file' ? <FromFile /> : <FromServer id={id} hidden={query.value} />;
}

function FromServer({ id, hidden }: { id: string; hidden: string }) {
  const [found, setFound] = useState<Replay | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    setFound(null);
    setFailed(false);
    poker.hand<Replay>(id, hidden).then(
      (replay) => current && setFound(replay),
      () => current && setFailed(true),
    );
    return () => void (current = false);
  }, [id, hidden]);
  if (failed) return <Message title={t('replay.none.title')} text={t('replay.none.text')} />;
  return found ? <Player id={id} replay={found} /> : <PageSkeleton full />;
}

function FromFile() {
  const [replay, setReplay] = useState<Replay | null>(null);
  return replay ? <Player id="" replay={replay} /> : <ImportPage onChoose={setReplay} />;
}

/** The hand, from wherever it came. */
export function Player({ id, replay }: { id: string; replay: Replay }) {
  const [veil, setVeil] = useState<Veil>({ names: false, cards: false });
  const seen = useMemo(() => veiled(replay, veil), [replay, veil]);
  const frames = useMemo(() => framesOf(seen), [seen]);
  const streets = useMemo(() => marks(replay), [replay]);
  const walk = useWalk(frames.length, streets);
  const room = frames[walk.at] ?? frames[0];
  const equities = useEquities(room ?? null, true);
  useShape();
  usePageTitle(t('replay.title', { n: replay.number ?? 0 }));
  if (!room) return null;
  return (
    <main id="main" class="poker replay">
      <h1 class="vh">{t('replay.title', { n: replay.number ?? 0 })}</h1>
      <div class="replay-table">
        <Felt room={room} equities={equities} />
        <Controls walk={walk} streets={streets} room={room} last={frames.length - 1} />
      </div>
      <aside class="replay-side" aria-label={t('replay.side')}>
        <Tools id={id} replay={replay} veil={veil} onVeil={setVeil} />
        <Steps replay={seen} at={walk.at} onGo={walk.go} />
      </aside>
    </main>
  );
}

function useShape(): void {
  useLayoutEffect(() => {
    const data = document.documentElement.dataset;
    data['game'] = 'on';
    return () => void delete data['game'];
  }, []);
}
