import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { Icon } from '../../ui/icons';
import { Actions } from './actions';
import { BackToLive, Board } from './board';
import { Chat, ChatToggle } from './chat';
import { again, endCard, replaced, waiting } from './later';
import type { Live } from './live';
import { Meta } from './meta';
import { MoveInput } from './moveinput';
import { Moves } from './moves';
import { Nav, onWheel } from './nav';
import { Notice } from './notice';
import { below } from './orientation';
import { isOver, isRunning, opposite } from './select';
import { Strip } from './strips';

/** The game for eyes: board and players in one column, everything else beside or below it. */
export function Layout({ live }: { live: Live }) {
  const bottom = below(live);
  const game = live.game.value;
  return (
    <>
      <section class="board-col" aria-label={t('chess.board')}>
        {game ? <Strip live={live} color={opposite(bottom)} /> : <div class="strip" />}
        <BoardArea live={live} />
        {game ? <Strip live={live} color={bottom} /> : <div class="strip" />}
      </section>
      <aside class="side" aria-label={t('chess.side')}>
        <Meta live={live} />
        <Moves live={live} />
        <BackToLive live={live} class="back-row" />
        <div class={`bar ${game && isOver(game) ? 'over' : ''}`}>
          <Notice live={live} />
          <Nav live={live} />
          {game && isOver(game) ? <After live={live} /> : <Actions live={live} />}
        </div>
        {game && game.you !== null && isRunning(game) && <MoveInput live={live} />}
        <Chat live={live} />
      </aside>
      {live.view.zen.value && (
        <button type="button" class="btn zen-leave" aria-label={t('chess.zen.leave')} onClick={() => (live.view.zen.value = false)}>
          <Icon name="x" />
        </button>
      )}
    </>
  );
}

/** The board and what may lie over it. */
function BoardArea({ live }: { live: Live }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    const turn = (event: WheelEvent): void => onWheel(live, event);
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [live]);
  return (
    <div class="board-area" ref={box}>
      <Board live={live} />
      <endCard.View live={live} />
      <waiting.View live={live} />
      <replaced.View live={live} />
    </div>
  );
}

/** After the end the ways on stand where the actions were. */
function After({ live }: { live: Live }) {
  return (
    <div class="acts after" role="group" aria-label={t('chess.actions')}>
      <again.View live={live} />
      <ChatToggle live={live} />
    </div>
  );
}
