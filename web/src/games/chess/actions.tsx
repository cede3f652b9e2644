import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { settings } from '../../settings';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icons';
import { ChatToggle } from './chat';
import { useClaimable } from './claimable';
import type { Game } from './game';
import { claims } from './later';
import type { Live } from './live';
import { canAbort, isRunning, isSending } from './select';

/** What a player can do besides moving. The row keeps its height and its place whatever it asks. */
export function Actions({ live }: { live: Live }) {
  const game = live.game.value;
  const [asking, setAsking] = useState(false);
  const claimable = useClaimable(live);
  useEffect(() => {
    if (!asking) return;
    const timer = setTimeout(() => setAsking(false), 5000);
    return () => clearTimeout(timer);
  }, [asking]);
  if (!game) return <div class="acts" />;
  const playing = game.you !== null && isRunning(game);
  return (
    <div class={`acts ${asking || claimable ? 'asking' : ''} ${playing ? '' : 'none'}`} role="group" aria-label={t('chess.actions')}>
      {playing && asking && <ResignNow live={live} onDone={() => setAsking(false)} />}
      {playing && !asking && claimable && <claims.View live={live} />}
      {playing && !asking && !claimable && <Usual live={live} game={game} onResign={() => setAsking(true)} />}
      <ChatToggle live={live} />
    </div>
  );
}

function ResignNow({ live, onDone }: { live: Live; onDone: () => void }) {
  const resign = async (): Promise<void> => {
    await live.act({ type: 'resign' });
    onDone();
  };
  return (
    <>
      <Button kind="danger" onPress={resign}>
        <Icon name="flag" /> {t('chess.resign-now')}
      </Button>
      <Button onPress={onDone}>{t('cancel')}</Button>
    </>
  );
}

function Usual({ live, game, onResign }: { live: Live; game: Game; onResign: () => void }) {
  const resign = () => (settings.value.confirmResign ? onResign() : live.act({ type: 'resign' }));
  return (
    <>
      {game.takebacks && <Takeback live={live} game={game} />}
      <Draw live={live} game={game} />
      {canAbort(game) ? (
        <Button onPress={() => live.act({ type: 'abort' })}>
          <Icon name="x" /> <span class="label">{t('chess.abort')}</span>
        </Button>
      ) : (
        <Button class="act-resign" onPress={resign}>
          <Icon name="flag" /> <span class="label">{t('chess.resign')}</span>
        </Button>
      )}
    </>
  );
}

/** Something to take back, and nobody is asked yet. */
function Takeback({ live, game }: { live: Live; game: Game }) {
  const asked = game.takebackBy === game.you;
  const own = game.plies.length > (game.you === 1 ? 1 : 0);
  const label = t(asked ? 'chess.takeback.asked' : 'chess.takeback');
  return (
    <Button class="act-takeback" title={label} disabled={asked || !own} onPress={() => live.act({ type: 'takeback' })}>
      <Icon name="undo-2" /> <span class="label">{label}</span>
    </Button>
  );
}

function Draw({ live, game }: { live: Live; game: Game }) {
  if (game.canClaimDraw) {
    return (
      <Button kind="primary" onPress={() => live.act({ type: 'draw-claim' })}>
        <Half /> <span class="label">{t('chess.draw.claim')}</span>
      </Button>
    );
  }
  const mine = game.drawBy === game.you;
  const offered = mine || isSending(game, 'draw');
  const label = t(offered ? 'chess.draw.offered' : 'chess.draw.offer');
  const name = mine ? t('chess.draw.withdraw') : game.drawFrom > 2 ? t('chess.draw.from', { n: game.drawFrom / 2 }) : undefined;
  return (
    <Button
      class={offered ? 'offered' : ''}
      aria-label={mine ? `${label}. ${name}` : undefined}
      title={name}
      disabled={(offered && !mine) || game.plies.length < game.drawFrom}
      onPress={() => live.act({ type: mine ? 'draw-decline' : 'draw' })}
    >
      {mine ? <Icon name="x" /> : <Half />} <span class="label">{label}</span>
    </Button>
  );
}

/** The sign of a draw, for the eye. */
function Half() {
  return (
    <b class="half" aria-hidden="true">
      ½
    </b>
  );
}
