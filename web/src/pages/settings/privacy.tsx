import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Audience, Privacy } from '../../people/account-api';
import { people } from '../../people/api';
import { useLoad } from '../../people/load';
import { Button } from '../../ui/button';
import { Choices, Toggle } from '../../ui/choices';
import { Icon } from '../../ui/icons';
import { Problem } from '../../ui/refusal';
import { Members } from './members';
import type { MyAccount } from './members';

export function PrivacySettings() {
  return <Members>{(mine) => <PrivacyForm mine={mine} />}</Members>;
}

const audiences: readonly Audience[] = ['everyone', 'registered', 'nobody'];

function PrivacyForm({ mine }: { mine: MyAccount }) {
  /** What was chosen and is not answered yet; it shows at once, and goes when it is refused. */
  const [wish, setWish] = useState<Privacy | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [saved, setSaved] = useState(false);
  const privacy = wish ?? mine.account.privacy;
  const change = async (part: Partial<Privacy>) => {
    const wanted = { ...privacy, ...part };
    setWish(wanted);
    setProblem(null);
    setSaved(false);
    try {
      mine.put((await account.change({ privacy: wanted })).account);
      setSaved(true);
    } catch (reason) {
      setProblem(reason);
    }
    setWish(null);
  };
  const who = (name: 'challenge' | 'chat') => (
    <Choices
      legend={t(`privacy.${name}`)}
      value={privacy[name]}
      onChange={(audience) => void change({ [name]: audience })}
      options={audiences.map((audience) => ({ value: audience, label: t(`audience.${audience}`) }))}
    />
  );
  return (
    <>
      <p class="saved is-saved" role="status">
        {saved && (
          <>
            <Icon name="check" size={16} /> {t('settings.saved')}
          </>
        )}
      </p>
      {problem !== null && <Problem reason={problem} />}
      {who('challenge')}
      {who('chat')}
      <Toggle label={t('privacy.hidden')} checked={privacy.hidden} onChange={(hidden) => void change({ hidden })} />
      <Blocks />
    </>
  );
}

function Blocks() {
  const { value, problem, again } = useLoad('blocks', people.blocks);
  const [failure, setFailure] = useState<unknown>(null);
  const unblock = async (name: string) => {
    setFailure(null);
    await people.unblock(name);
    again();
  };
  return (
    <section class="settings-block" aria-labelledby="blocks-head">
      <h2 id="blocks-head">{t('privacy.blocks')}</h2>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {failure !== null && <Problem reason={failure} />}
      {value?.blocks.length === 0 && <p class="hint">{t('privacy.blocks.none')}</p>}
      <ul class="rows">
        {value?.blocks.map(({ id, name }) => (
          <li key={id}>
            <a href={`/@/${name}`}>{name}</a>
            <Button onPress={() => unblock(name)} onFailure={setFailure} aria-label={`${t('privacy.unblock')}: ${name}`}>
              {t('privacy.unblock')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
