import { t } from '../i18n';
import { withNext } from '../people/next';
import { path } from '../router';
import { me, signOut } from '../store';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import '../ui/more-icons';
import { openShortcutSheet } from '../ui/shortcuts';

/** Who I am here, and what belongs to that. */
export function Account() {
  const user = me.value;
  return (
    <section class="menu-section account">
      <p class="account-name">
        <strong class="clip">{user ? user.name : t('menu.visitor')}</strong>
        {user?.guest && <span class="tag">{t('menu.guest')}</span>}
      </p>
      {user === null && <p class="hint">{t('menu.visitor.hint')}</p>}
      {user?.guest && <p class="hint">{t('menu.guest.hint')}</p>}
      <div class="row">
        {(!user || user.guest) && <Enter />}
        {user && !user.guest && (
          <a class="btn" href={`/@/${user.name}`}>
            <Icon name="user" /> {t('menu.profile')}
          </a>
        )}
        <a class="btn" href="/settings">
          <Icon name="palette" /> {t('menu.settings')}
        </a>
        {user?.role === 'admin' && (
          <a class="btn" href="/admin">
            <Icon name="shield" /> {t('menu.admin')}
          </a>
        )}
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

/** The pages that let somebody in lead nowhere else. */
const doors = ['/login', '/signup', '/recover', '/first-run'];

function Enter() {
  const from = doors.includes(path.value) ? '/' : path.value;
  return (
    <>
      <a class="btn" href={withNext('/login', from)}>
        {t('menu.login')}
      </a>
      <a class="btn btn-primary" href={withNext('/signup', from)}>
        {t('menu.signup')}
      </a>
    </>
  );
}
