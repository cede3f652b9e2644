import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { navigate, query } from '../../router';
import { Refused, act } from '../../socket';
import { ensureUser, me } from '../../store';
import { Button } from '../../ui/button';
import { toClipboard } from '../../ui/copy';
import { Icon } from '../../ui/icons';
import type { Game } from './game';
import type { Live } from './live';
import { colorOf, controlName, nameAt, rulesText } from './select';
import { colorName } from './speech';

/** Over the board while a seat is free: the link for the one who invites, "Join" for the one who is invited. */
export function Waiting({ live }: { live: Live }) {
  const game = live.game.value;
  if (!game?.waiting || game.result) return null;
  return (
    <section class="waiting" aria-label={t('chess.waiting')}>
      {game.closed ? <h2>{t('chess.closed')}</h2> : game.you === null ? <Invitation live={live} game={game} /> : <Link live={live} kept={game.info.invited?.name} />}
    </section>
  );
}

function Link({ live, kept }: { live: Live; kept: string | undefined }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await toClipboard(location.href);
    setCopied(true);
  };
  const cancel = async (): Promise<void> => {
    await live.act({ type: 'cancel' }, { quiet: true });
    navigate('/');
  };
  return (
    <>
      <h2>{t('chess.waiting')}</h2>
      <p>{kept ? t('chess.kept', { name: kept }) : t('chess.waiting.how')}</p>
      <div class="copy-row">
        <input readOnly value={location.href} aria-label={t('chess.waiting.link')} onFocus={(event) => event.currentTarget.select()} />
        <Button kind="primary" onPress={copy}>
          <Icon name={copied ? 'check' : 'copy'} /> {t(copied ? 'chess.copied.short' : 'chess.copy')}
        </Button>
      </div>
      <Button kind="quiet" onPress={cancel}>
        {t('chess.waiting.cancel')}
      </Button>
    </>
  );
}

function Invitation({ live, game }: { live: Live; game: Game }) {
  const [problem, setProblem] = useState('');
  const free = freeSeat(game);
  const kept = game.info.invited;
  const host = nameAt(game, 1 - free) ?? '';
  const join = async (): Promise<void> => {
    setProblem('');
    await ensureUser();
    await live.join(free);
  };
  const decline = async (): Promise<void> => {
    setProblem('');
    await act(game.table, { type: 'decline' });
    navigate('/');
  };
  const failed = (reason: unknown): void => setProblem(reason instanceof Refused ? reason.message : t('chess.failed'));
  return (
    <>
      <h2>{host ? t('chess.invited', { name: host }) : t('chess.invited.open')}</h2>
      <p>
        {controlName(game) ?? t('chess.unlimited')} · {t(game.info.rated ? 'chess.rated' : 'chess.casual')}
        {game.variant === 'chess960' ? ' · Chess960' : ''}
      </p>
      {rulesText(game).length > 0 && <p class="dim">{rulesText(game).join(' • ')}</p>}
      <p>{t('chess.invited.color', { color: colorName(colorOf(free)) })}</p>
      {kept && kept.user !== me.value?.id ? (
        <p>{t('chess.kept', { name: kept.name })}</p>
      ) : (
        <div class="row">
          <Button kind="primary" onPress={join} onFailure={failed}>
            {t('chess.join')}
          </Button>
          {kept && (
            <Button onPress={decline} onFailure={failed}>
              {t('chess.decline')}
            </Button>
          )}
        </div>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

/** The seat that an invitation is for: where both are free, that of the colour in the link. */
function freeSeat(game: Game): number {
  const wanted = new URLSearchParams(query.value).get('color') === 'black' ? 1 : 0;
  return game.seats[wanted] === null ? wanted : game.seats.indexOf(null);
}
