import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { connection, tryNow } from '../socket';
import { shutdownAt } from '../store';
import { Icon } from '../ui/icons';
import '../ui/more-icons';

const BACK_ONLINE = 1500;

/** Whole seconds until a moment of `performance.now()`; counts down while it is shown. */
function useSecondsTo(moment: number | null): number {
  const left = () => (moment === null ? 0 : Math.max(0, Math.ceil((moment - performance.now()) / 1000)));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    if (moment === null) return;
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [moment]);
  return seconds;
}

/** True for a moment after the connection came back. */
function useJustBack(): boolean {
  const { state } = connection.value;
  const [lost, setLost] = useState(false);
  const [back, setBack] = useState(false);
  useEffect(() => {
    if (state === 'reconnecting') setLost(true);
    if (state !== 'online' || !lost) return;
    setLost(false);
    setBack(true);
  }, [state, lost]);
  useEffect(() => {
    if (!back) return;
    const timer = setTimeout(() => setBack(false), BACK_ONLINE);
    return () => clearTimeout(timer);
  }, [back]);
  return back && state === 'online';
}

/** What the player must know about the connection, in the same words on every page. */
export function Banner() {
  const { state, retryAt } = connection.value;
  const seconds = useSecondsTo(retryAt);
  const restart = useSecondsTo(shutdownAt.value);
  const back = useJustBack();
  return (
    <div class="banners" role="alert">
      {state === 'reconnecting' && (
        <div class="banner banner-warn">
          <Icon name="wifi-off" />
          <span>
            {t('net.lost')}{' '}
            <span class="banner-next" aria-hidden="true">
              {retryAt === null ? t('net.trying') : t('net.next', { n: seconds })}
            </span>
          </span>
          <button type="button" class="btn" disabled={retryAt === null} onClick={tryNow}>
            {t('net.try')}
          </button>
        </div>
      )}
      {back && <div class="banner banner-ok">{t('net.back')}</div>}
      {state === 'online' && shutdownAt.value !== null && (
        <div class="banner banner-info">
          <Icon name="info" />
          <span aria-hidden="true">{t('net.shutdown', { n: restart })}</span>
          <span class="vh">{t('net.shutdown.soon')}</span>
        </div>
      )}
    </div>
  );
}
