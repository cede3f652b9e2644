import { t } from '../i18n';
import { me, signOut } from '../store';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
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
