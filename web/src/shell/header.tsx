import { games } from '../games/list';
import { t } from '../i18n';
import { path } from '../router';
import { settings } from '../settings';
import { connection } from '../socket';
import { me } from '../store';
import { Icon } from '../ui/icons';
import { lazy } from '../ui/lazy';
import { Menu } from '../ui/menu';
import { Logo } from './logo';

const panels = lazy(() => import('./panels').then((module) => module.Panel));
const find = lazy(() => import('./later').then((module) => module.Find));
const chip = lazy(() => import('./later').then((module) => module.PoolChip));

/** The pages of the main navigation; a page is listed from the day it exists. */
const pages = [
  { href: '/', label: 'nav.play' },
  { href: '/leaderboard', label: 'nav.players' },
  ...games.flatMap(({ nav }) => nav ?? []),
];

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

export function Header() {
  const sound = settings.value.muted ? 'volume-x' : 'volume-2';
  return (
    <header class="top">
      <a class="brand" href="/">
        <Logo />
        <span>{t('app.name')}</span>
      </a>
      <Nav />
      <chip.View />
      <div class="top-find only-wide">
        <find.View />
      </div>
      <div class="top-end" onPointerEnter={panels.prefetch} onFocusCapture={panels.prefetch}>
        <Connection />
        <Menu class="only-wide" label={t('menu.sound')} button={<Icon name={sound} />}>
          <panels.View name="sound" />
        </Menu>
        <Menu class="only-wide" label={t('menu.look')} button={<Icon name="palette" />}>
          <panels.View name="look" />
        </Menu>
        <Menu class="only-wide" label={me.value ? t('menu.account.of', { name: me.value.name }) : t('menu.account')} button={<AccountButton />}>
          <panels.View name="account" />
        </Menu>
        <Menu class="only-narrow" label={t('menu')} button={<Icon name="menu" size={22} />}>
          <Nav />
          <panels.View name="all" />
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
