import { t } from '../../i18n';
import { navigate } from '../../router';
import { joinPool } from '../../pairing';
import { Button } from '../../ui/button';
import { copyText } from '../../ui/copy';
import { Icon } from '../../ui/icons';
import type { Game } from './game';
import type { Live } from './live';
import { outcomeText, ownOutcome, scoreText } from './outcome';
import { controlName, isSending } from './select';

/** How it ended and what may come next, over the upper half of the board; the board stays in sight. */
export function EndCard({ live }: { live: Live }) {
  const game = live.game.value;
  const { endCardOpen } = live.view;
  if (!game?.result || !endCardOpen.value) return null;
  const own = ownOutcome(game);
  return (
    <section class={`end-card ${own ?? ''}`} aria-label={t('chess.end')}>
      <button type="button" class="btn btn-quiet icon-only end-close" aria-label={t('close')} onClick={() => (endCardOpen.value = false)}>
        <Icon name="x" />
      </button>
      {own && <p class="end-own">{t(`chess.end.own.${own}`)}</p>}
      <p class="end-text">
        {scoreText(game.result) && <b class="score">{scoreText(game.result)}</b>} {outcomeText(game.result)}
      </p>
      <div class="end-acts">
        <Again live={live} />
      </div>
    </section>
  );
}

/** The ways on: rematch, another opponent, review, sharing. Also stands beside the board when the card is closed. */
export function Again({ live }: { live: Live }) {
  const game = live.game.value;
  if (!game?.result) return null;
  return (
    <>
      <RematchButton live={live} game={game} />
      {game.you !== null && <NewOpponent game={game} />}
      <a class="btn" href={`/g/${game.table}/review`}>
        {t('chess.review')}
      </a>
      <Button class="icon-only share" aria-label={t('chess.share')} title={t('chess.share')} onPress={share}>
        <Icon name="share-2" />
      </Button>
    </>
  );
}

function RematchButton({ live, game }: { live: Live; game: Game }) {
  if (game.rematchTable) {
    return (
      <a class="btn btn-primary" href={`/g/${game.rematchTable}`}>
        {t(game.you === null ? 'chess.rematch.watch' : 'chess.rematch.go')}
      </a>
    );
  }
  if (game.you === null || game.info.rules?.no_rematch) return null;
  const mine = game.rematchBy === game.you || isSending(game, 'rematch');
  const theirs = game.rematchBy === 1 - game.you;
  return (
    <>
      <Button kind="primary" class={theirs ? 'pulse' : ''} disabled={mine} onPress={() => live.act({ type: 'rematch' })}>
        <Icon name="swords" /> {t(mine ? 'chess.rematch.offered' : theirs ? 'chess.rematch.accept' : 'chess.rematch')}
      </Button>
      {theirs && <Button class="decline" onPress={() => live.act({ type: 'rematch-decline' })}>{t('chess.decline')}</Button>}
    </>
  );
}

/** The same pool again when the game came from one; else the lobby, where opponents are. */
function NewOpponent({ game }: { game: Game }) {
  const control = controlName(game);
  const find = (): void => {
    if (game.info.origin === 'pool' && control) void joinPool(control);
    navigate('/');
  };
  return (
    <Button class="new-opponent" onPress={find}>
      <Icon name="users" /> {t('chess.new-opponent')}
    </Button>
  );
}

function share(): Promise<void> {
  return copyText(location.href, t('chess.copied'));
}
