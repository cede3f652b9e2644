import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import type { Session } from '../../people/account-api';
import { ago } from '../../people/words';
import { serverNow } from '../../socket';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/refusal';
import { Block } from '../settings/block';
import { ConfirmDialog } from '../settings/confirm';
import { admin } from './api';
import type { UserProps } from './user';

/** Where somebody is signed in. It is asked for by a button only, as every look is written down. */
export function SessionsOf({ mine, of, changed }: UserProps) {
  const [list, setList] = useState<readonly Session[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [open, setOpen] = useState(false);
  const [ended, setEnded] = useState<number | null>(null);
  const look = async () => {
    setFailure(null);
    setList((await admin.sessions(of.name)).sessions);
  };
  return (
    <Block title={t('admin.sessions')} note={t('admin.sessions.note')}>
      {list && list.length > 0 && <List sessions={list} />}
      {failure !== null && <Problem reason={failure} />}
      <p class="row">
        <Button onPress={look} onFailure={setFailure}>
          {t('admin.sessions.look')}
        </Button>
        <button type="button" class="btn" onClick={() => setOpen(true)}>
          {t('admin.sessions.end')}
        </button>
      </p>
      <p class="is-good" role="status">
        {ended !== null && t('admin.sessions.ended', { n: ended })}
        {ended === null && list?.length === 0 && t('admin.sessions.none')}
      </p>
      {open && (
        <ConfirmDialog
          account={mine.account}
          title={t('admin.sessions.title', { name: of.name })}
          label={t('admin.sessions.end')}
          run={async (confirm) => {
            const answer = await admin.signOut(of.name, confirm);
            return () => {
              setEnded(answer.ended);
              setList(null);
              changed();
            };
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </Block>
  );
}

function List({ sessions }: { sessions: readonly Session[] }) {
  return (
    <ul class="rows">
      {sessions.map(({ id, device, browser, addr, seen_at, current }) => (
        <li key={id}>
          <span>
            {[browser, device].filter(Boolean).join(', ') || t('admin.session.unknown')} {current && <span class="tag">{t('admin.session.this')}</span>}
            <small>{t('admin.session.facts', { addr, ago: ago(seen_at, serverNow()) })}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
