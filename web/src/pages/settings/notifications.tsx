import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { allowNotifications, notificationsPossible } from '../../people/notify';
import { set, settings } from '../../settings';
import { Toggle } from '../../ui/choices';
import { lazy } from '../../ui/lazy';

const reminders = lazy(() => import('./reminders').then((module) => module.Reminders));

/** By this browser, and by mail. */
export function Notifications() {
  return (
    <>
      <InBrowser />
      <reminders.View />
    </>
  );
}

/** The browser is asked when the switch is pressed, and at no other time. */
function InBrowser() {
  const [denied, setDenied] = useState(() => notificationsPossible() && Notification.permission === 'denied');
  if (!notificationsPossible()) return <p class="hint">{t('settings.notify.impossible')}</p>;
  const change = async (on: boolean) => {
    if (!on) return set({ notifyTurn: false });
    const allowed = await allowNotifications();
    setDenied(!allowed);
    set({ notifyTurn: allowed });
  };
  const granted = Notification.permission === 'granted';
  return (
    <div>
      <Toggle label={t('settings.notify')} checked={settings.value.notifyTurn && granted} onChange={(on) => void change(on)} />
      {denied && (
        <p class="problem" role="alert">
          {t('settings.notify.denied')}
        </p>
      )}
    </div>
  );
}
