import './css/board.css';
import './css/game.css';
import './css/narrow.css';
import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import type { PageProps } from '../../router';
import { set, settings } from '../../settings';
import { Message } from '../../ui/message';
import { usePageTitle } from '../../ui/title';
import en from './en.json';
import { watchHeldKeys } from './held';
import { Layout } from './layout';
import { Live } from './live';
import { useGameKeys } from './nav';
import { isMyTurn } from './select';
import { useNewVersion } from './newversion';
import { headingOf, titleOf } from './titles';

addMessages(en);

/** The page of one chess game, `/g/:id`: to play, to watch, to join, to look back. */
export default function ChessPage({ params }: PageProps) {
  const live = useMemo(() => new Live(params['id'] ?? ''), [params['id']]);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  useEffect(watchHeldKeys, []);
  const game = live.game.value;
  usePageTitle(titleOf(game), game !== null && isMyTurn(game));
  useGameKeys(live);
  useNewVersion(live);
  useShape(live);
  const refusal = live.refusal.value;
  if (refusal && !live.game.value) return <NotThere code={refusal.code} />;
  const reader = settings.value.screenReader;
  return (
    <main id="main" class="game" aria-busy={!live.game.value}>
      <h1 class="vh">{headingOf(live.game.value)}</h1>
      <button type="button" class="skip reader-switch" onClick={() => set({ screenReader: !reader })}>
        {t(reader ? 'chess.sr.off' : 'chess.sr.on')}
      </button>
      {reader ? <Reader live={live} /> : <Layout live={live} />}
    </main>
  );
}

/** The screen-reader mode is a chunk of its own, loaded by who uses it. */
function Reader({ live }: { live: Live }) {
  const [Game, setGame] = useState<{ View: ComponentType<{ live: Live }> } | null>(null);
  useEffect(() => {
    void import('./srgame').then(({ SrGame }) => setGame({ View: SrGame }));
  }, []);
  return Game && <Game.View live={live} />;
}

const NOT_THERE: Record<string, string> = { 'not-allowed': 'denied', 'not-signed-in': 'denied', internal: 'broken' };

function NotThere({ code }: { code: string }) {
  const key = NOT_THERE[code] ?? 'unknown';
  return <Message title={t(`chess.${key}.title`)} text={t(`chess.${key}.text`)} />;
}

/** The frame makes room for a game, and steps back altogether in zen mode. */
function useShape(live: Live): void {
  const zen = live.view.zen.value;
  useLayoutEffect(() => {
    const data = document.documentElement.dataset;
    data['game'] = zen ? 'zen' : 'on';
    return () => void delete data['game'];
  }, [zen]);
}
