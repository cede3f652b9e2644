import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { allowNotifications, notificationsPossible } from '../../people/notify';
import { set, settings } from '../../settings';
import { Toggle } from '../../ui/choices';

/** The browser is asked when the switch is pressed, and at no other time. */
export function Notifications() {
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
