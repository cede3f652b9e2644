import { addMessages, t } from '../../i18n';
import { set, settings } from '../../settings';
import { Choices, Toggle } from '../../ui/choices';
import messages from './options.en.json';

addMessages(messages);

/** The settings of poker. */

const SWITCHES = ['bigBlinds', 'preActions', 'handStrength', 'confirmAllIn', 'confirmFold', 'tableKeys', 'jumpToTurn'] as const;
const FELTS = ['green', 'blue', 'red', 'grey'] as const;
const DECKS = ['four', 'two'] as const;

export function Page() {
  return (
    <div>
      {SWITCHES.map((name) => (
        <Toggle key={name} label={t(`poker.opt.${name}`)} checked={settings.value[name]} onChange={(on) => set({ [name]: on })} />
      ))}
    </div>
  );
}

/** Deck and felt. */
export function Look() {
  return (
    <>
      <Choices
        legend={t('poker.opt.deck')}
        options={DECKS.map((value) => ({ value, label: t(`poker.opt.deck.${value}`) }))}
        value={settings.value.deck}
        onChange={(deck) => set({ deck })}
      />
      <Choices
        legend={t('poker.opt.felt')}
        options={FELTS.map((value) => ({ value, label: t(`poker.opt.felt.${value}`) }))}
        value={settings.value.felt}
        onChange={(felt) => set({ felt })}
      />
    </>
  );
}

export function Menu() {
  return (
    <Toggle label={t('poker.opt.bigBlinds')} checked={settings.value.bigBlinds} onChange={(bigBlinds) => set({ bigBlinds })} />
  );
}
