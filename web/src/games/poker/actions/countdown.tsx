import { t } from '../../../i18n';
import { serverNow } from '../../../socket';
import { useTick } from '../../../ui/use';

/** A sentence with the seconds to a moment of the server's clock, or minutes and seconds when it is far. */
export function Countdown({ to, text }: { to: number; text: string }) {
  useTick(250);
  const left = Math.max(0, Math.ceil((to - serverNow()) / 1000));
  const time = left < 60 ? String(left) : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return <span class="num">{t(text, { time })}</span>;
}
