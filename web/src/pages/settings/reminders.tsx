import { useState } from 'preact/hooks';
import { call } from '../../api';
import { addMessages, t } from '../../i18n';
import { account } from '../../people/account-api';
import { keep, useLoad } from '../../people/load';
import { spanName } from '../../people/words';
import { me } from '../../store';
import { Choices, Toggle } from '../../ui/choices';
import { Icon } from '../../ui/icons';
import { Problem } from '../../ui/refusal';
import messages from './reminders.en.json';

addMessages(messages);

interface Reminder {
  /** Hours away; 0 is never. */
  after_hours: number;
}

const HOUR = 3_600_000;
const spans = [6, 24, 72, 168];
const FIRST = 24;

/** Letters about games that wait for my move. Where the host sends no mail, and for guests, there is nothing about them. */
export function Reminders() {
  const { value: site } = useLoad('site', account.site);
  const user = me.value;
  if (!site?.mail || !user || user.guest) return null;
  return (
    <section class="settings-block" aria-labelledby="remind-head">
      <h2 id="remind-head">{t('remind.title')}</h2>
      <p class="hint">{t('remind.note')}</p>
      <Wish user={user.id} />
    </section>
  );
}

function Wish({ user }: { user: string }) {
  const key = `reminders ${user}`;
  const { value, problem, again } = useLoad(key, () => call<Reminder>('GET', 'me/reminders'));
  const mine = useLoad(`account ${user}`, account.me);
  const failed = problem ?? mine.problem;
  const retry = () => {
    again();
    mine.again();
  };
  if (failed !== null && !(value && mine.value)) return <Problem reason={failed} retry={retry} />;
  if (!value || !mine.value) return null;
  if (!mine.value.account?.email && value.after_hours === 0) return <NoAddress />;
  return (
    <WishForm
      hours={value.after_hours}
      put={(stored) => {
        keep(key, stored);
        again();
      }}
    />
  );
}

function NoAddress() {
  return (
    <p>
      {t('remind.address')} <a href="/settings/account">{t('remind.address.go')}</a>
    </p>
  );
}

/** What was chosen shows at once, and goes when it is refused. */
function WishForm({ hours, put }: { hours: number; put: (stored: Reminder) => void }) {
  const [wish, setWish] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [saved, setSaved] = useState(false);
  const shown = wish ?? hours;
  const change = async (wanted: number) => {
    setWish(wanted);
    setProblem(null);
    setSaved(false);
    try {
      put(await call<Reminder>('PUT', 'me/reminders', { after_hours: wanted }));
      setSaved(true);
    } catch (reason) {
      setProblem(reason);
    }
    setWish(null);
  };
  const options = [...new Set([...spans, ...(shown > 0 ? [shown] : [])])].sort((a, b) => a - b);
  return (
    <>
      <Toggle label={t('remind.on')} checked={shown > 0} onChange={(on) => void change(on ? FIRST : 0)} />
      {shown > 0 && (
        <Choices
          legend={t('remind.after')}
          value={shown}
          onChange={(wanted) => void change(wanted)}
          options={options.map((n) => ({ value: n, label: spanName(n * HOUR) }))}
        />
      )}
      {problem !== null && <Problem reason={problem} />}
      <p class="saved is-saved saved-below" role="status">
        {saved && (
          <>
            <Icon name="check" size={16} /> {t('settings.saved')}
          </>
        )}
      </p>
    </>
  );
}
