import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Confirm } from '../../people/account-api';
import { Field, Form, plainText } from '../../people/form';
import { Dialog } from '../../ui/dialog';
import { Block } from './block';
import type { MineProps } from './block';
import { Codes } from './codes';
import { ConfirmDialog } from './confirm';

/** What is open: asking for the password, showing the key, showing codes, or switching it off. */
type Open = { name: 'start' | 'stop' | 'renew' } | { name: 'key'; secret: string; uri: string } | { name: 'codes'; codes: string[] };

/** The second factor of signing in by password, and the codes for the day it is lost. */
export function Totp({ mine }: MineProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const { totp, recovery_codes_left } = mine.account;
  const button = (label: string, name: 'start' | 'stop' | 'renew') => (
    <button type="button" class="btn" onClick={() => setOpen({ name })}>
      {label}
    </button>
  );
  return (
    <Block title={t('account.totp')} note={totp ? t('account.totp.on', { n: recovery_codes_left }) : t('account.totp.off')}>
      <p class="row">
        {totp ? button(t('account.totp.stop'), 'stop') : button(t('account.totp.start'), 'start')}
        {button(t('account.codes.new'), 'renew')}
      </p>
      {open && <Opened open={open} mine={mine} next={setOpen} close={close} />}
    </Block>
  );
}

interface OpenedProps extends MineProps {
  open: Open;
  next: (open: Open) => void;
  close: () => void;
}

function Opened({ open, mine, next, close }: OpenedProps) {
  const common = { account: mine.account, onClose: close };
  const codesOf = async (ask: Promise<{ codes: string[] }>) => {
    const { codes } = await ask;
    mine.again();
    return () => next({ name: 'codes', codes });
  };
  const start = async (confirm: Confirm) => {
    const key = await account.totp(confirm);
    return () => next({ name: 'key', ...key });
  };
  const stop = async (confirm: Confirm) => {
    await account.removeTotp(confirm);
    mine.again();
  };
  switch (open.name) {
    case 'start':
      return <ConfirmDialog {...common} title={t('account.totp.title')} label={t('account.totp.start')} run={start} />;
    case 'stop':
      return <ConfirmDialog {...common} title={t('account.totp.stop.title')} label={t('account.totp.stop')} danger run={stop} />;
    case 'renew':
      return <ConfirmDialog {...common} title={t('account.codes.new')} label={t('account.codes.new')} run={(confirm) => codesOf(account.recoveryCodes(confirm))} />;
    case 'key':
      return <Key secret={open.secret} uri={open.uri} send={async (code) => (await codesOf(account.confirmTotp(code)))()} close={close} />;
    case 'codes':
      return <Codes codes={open.codes} onClose={close} />;
  }
}

interface KeyProps {
  secret: string;
  uri: string;
  send: (code: string) => Promise<void>;
  close: () => void;
}

function Key({ secret, uri, send, close }: KeyProps) {
  const [code, setCode] = useState('');
  return (
    <Dialog title={t('account.totp.title')} onClose={close}>
      <p>{t('account.totp.secret')}</p>
      <p class="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</p>
      <p>
        <a class="btn" href={uri}>
          {t('account.totp.open')}
        </a>
      </p>
      <Form submit={() => send(code.trim())} label={t('account.totp.go')} disabled={!/^\d{6}$/.test(code.trim())}>
        <Field label={t('account.totp.code')} autocomplete="one-time-code" maxLength={7} {...plainText} value={code} onChange={setCode} />
      </Form>
    </Dialog>
  );
}
