import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Session } from '../../people/account-api';
import { useLoad } from '../../people/load';
import { ago } from '../../people/words';
import { serverNow } from '../../socket';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/refusal';
import { Block } from './block';

/** Every browser and program that is signed in as me. */
export function Sessions() {
  const { value, problem, again } = useLoad('sessions', account.sessions);
  const [failure, setFailure] = useState<unknown>(null);
  const [ended, setEnded] = useState<number | null>(null);
  const end = async (id: string) => {
    setFailure(null);
    await account.endSession(id);
    again();
  };
  const endOthers = async () => {
    setFailure(null);
    setEnded((await account.endOthers()).ended);
    again();
  };
  const others = value?.sessions.some(({ current }) => !current) ?? false;
  return (
    <Block title={t('account.sessions')}>
      {problem !== null && <Problem reason={problem} retry={again} />}
      <ul class="rows">
        {value?.sessions.map((session) => (
          <li key={session.id}>
            <span>
              {nameOf(session)} {session.current && <span class="tag">{t('account.session.this')}</span>}
              <small>{t('account.session.facts', { addr: session.addr, ago: ago(session.seen_at, serverNow()) })}</small>
            </span>
            {!session.current && (
              <Button onPress={() => end(session.id)} onFailure={setFailure} aria-label={`${t('account.session.end')}: ${nameOf(session)}`}>
                {t('account.session.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {failure !== null && <Problem reason={failure} />}
      <p class="is-good" role="status">
        {ended !== null && t('account.sessions.ended', { n: ended })}
      </p>
      {others && (
        <p>
          <Button onPress={endOthers} onFailure={setFailure}>
            {t('account.sessions.others')}
          </Button>
        </p>
      )}
    </Block>
  );
}

function nameOf({ device, browser }: Session): string {
  return [browser, device].filter(Boolean).join(', ') || t('account.session.unknown');
}
