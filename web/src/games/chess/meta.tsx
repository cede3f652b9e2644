import { t } from '../../i18n';
import { speedName } from '../../control';
import { Icon } from '../../ui/icons';
import type { Live } from './live';
import { outcomeText, scoreText } from './outcome';
import { controlName, rulesText } from './select';

/** What kind of game this is, who watches, and how it ended. */
export function Meta({ live }: { live: Live }) {
  const game = live.game.value;
  if (!game) return <div class="meta panel" />;
  const { result, watchers } = game;
  const rules = rulesText(game);
  return (
    <section class="meta panel" aria-label={t('chess.meta')}>
      <p class="meta-kind">
        <b>
          {[controlName(game) ?? t('chess.unlimited'), t(game.info.rated ? 'chess.rated' : 'chess.casual'), speedName(game.info.speed)].join(' • ')}
        </b>
        {game.variant === 'chess960' && <span class="tag">Chess960</span>}
      </p>
      {rules.length > 0 && <p class="dim">{rules.join(' • ')}</p>}
      <p class="dim">
        {result ? (
          <span class="meta-result">
            {scoreText(result) && <b>{scoreText(result)}</b>} {outcomeText(result)}
          </span>
        ) : (
          t(game.waiting ? 'chess.waiting' : game.you === null ? 'chess.watching-it' : 'chess.playing-it')
        )}
        {watchers > 0 && (
          <span class="watchers" title={t('chess.watchers', { n: watchers })}>
            <Icon name="eye" size={15} /> <span aria-hidden="true">{watchers}</span>
            <span class="vh">{t('chess.watchers', { n: watchers })}</span>
          </span>
        )}
      </p>
    </section>
  );
}
