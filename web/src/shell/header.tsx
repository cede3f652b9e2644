import { t } from '../i18n';
import { path } from '../router';
import { settings } from '../settings';
import { connection } from '../socket';
import { me, signOut } from '../store';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import { Menu } from '../ui/menu';
import { openShortcutSheet } from '../ui/shortcuts';
import { BoardOptions, SoundOptions, ThemeOptions } from './options';
import { Logo } from './logo';

/** The pages of the main navigation; a page is listed from the day it exists. */
const pages = [{ href: '/', label: 'nav.play' }] as const;

function Nav() {
  return (
    <nav class="nav" aria-label={t('nav.main')}>
      {pages.map(({ href, label }) => (
        <a key={href} href={href} aria-current={path.value === href ? 'page' : undefined}>
          {t(label)}
        </a>
      ))}
    </nav>
  );
}

/** A way to the server slower than this is shown in yellow. */
const SLOW = 300;

function Connection() {
  const { state, rtt } = connection.value;
  const tone = state !== 'online' ? 'off' : rtt !== null && rtt > SLOW ? 'slow' : 'on';
  const words = { online: t('net.online'), connecting: t('net.connecting'), reconnecting: t('net.offline') }[state];
  return (
    <span class="net" title={words}>
      <span class={`dot dot-${tone}`} aria-hidden="true" />
      <span class="vh">{words}</span>
      {rtt !== null && <span class="net-ms">{t('net.ms', { n: rtt })}</span>}
    </span>
  );
}

function Account() {
  const user = me.value;
  return (
    <section class="menu-section account">
      <p class="account-name">
        <strong>{user ? user.name : t('menu.visitor')}</strong>
        {user?.guest && <span class="tag">{t('menu.guest')}</span>}
      </p>
      {user === null && <p class="hint">{t('menu.visitor.hint')}</p>}
      <div class="row">
        <button type="button" class="btn" onClick={openShortcutSheet}>
          <Icon name="keyboard" /> {t('menu.keys')}
        </button>
        {user && (
          <Button onPress={signOut}>
            <Icon name="log-out" /> {t('menu.signout')}
          </Button>
        )}
      </div>
    </section>
  );
}

export function Header() {
  const sound = settings.value.muted ? 'volume-x' : 'volume-2';
  return (
    <header class="top">
      <a class="brand" href="/">
        <Logo />
        <span>{t('app.name')}</span>
      </a>
      <Nav />
      <div class="top-end">
        <Connection />
        <Menu class="only-wide" label={t('menu.sound')} button={<Icon name={sound} />}>
          <SoundOptions />
        </Menu>
        <Menu class="only-wide" label={t('menu.look')} button={<Icon name="palette" />}>
          <ThemeOptions />
          <BoardOptions />
        </Menu>
        <Menu class="only-wide" label={t('menu.account')} button={<AccountButton />}>
          <Account />
        </Menu>
        <Menu class="only-narrow" label={t('menu')} button={<Icon name="menu" size={22} />}>
          <Nav />
          <Account />
          <ThemeOptions />
          <SoundOptions />
          <BoardOptions />
        </Menu>
      </div>
    </header>
  );
}

function AccountButton() {
  return (
    <>
      <Icon name="user" />
      {me.value && <span class="account-short">{me.value.name}</span>}
    </>
  );
}
