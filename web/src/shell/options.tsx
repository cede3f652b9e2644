import { addMessages, t } from '../i18n';
import { set, settings } from '../settings';
import type { Settings } from '../settings';
import { Choices, Toggle } from '../ui/choices';
import { Icon } from '../ui/icons';
import { play } from '../ui/sound';
import messages from './panels.en.json';
import './options.css';

addMessages(messages);

/** The settings, part by part, for the header and for the pages of settings. Each change is saved at once. */

/** A setting that is on or off. */
export type Switch = { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

/** Settings that are on or off, each with the key of its text. */
export function Switches({ rows }: { rows: readonly (readonly [Switch, string])[] }) {
  return (
    <>
      {rows.map(([key, label]) => (
        <Toggle key={key} label={t(label)} checked={settings.value[key]} onChange={(on) => set({ [key]: on })} />
      ))}
    </>
  );
}

export function ThemeOptions() {
  return (
    <section class="menu-section">
      <h2>{t('menu.theme')}</h2>
      <ThemeChoice quiet />
    </section>
  );
}

/** `quiet` where a heading says already what is chosen. */
export function ThemeChoice({ quiet = false }: { quiet?: boolean }) {
  return (
    <Choices
      legend={t('menu.theme')}
      quiet={quiet}
      value={settings.value.theme}
      onChange={(theme) => set({ theme })}
      options={[
        { value: 'dark', label: t('theme.dark') },
        { value: 'light', label: t('theme.light') },
        { value: 'system', label: t('theme.system') },
      ]}
    />
  );
}

export function SoundOptions() {
  return (
    <section class="menu-section">
      <h2>{t('menu.sound')}</h2>
      <SoundChoice />
    </section>
  );
}

export function SoundChoice() {
  const { volume, muted } = settings.value;
  return (
    <>
      <div class="volume">
        <button
          type="button"
          class="btn icon-only"
          aria-pressed={muted}
          aria-label={t(muted ? 'sound.unmute' : 'sound.mute')}
          onClick={() => set({ muted: !muted })}
        >
          <Icon name={muted ? 'volume-x' : 'volume-2'} />
        </button>
        <input
          type="range"
          min="0"
          max="100"
          step="5"
          aria-label={t('sound.volume')}
          value={Math.round(volume * 100)}
          onInput={(event) => set({ volume: event.currentTarget.valueAsNumber / 100, muted: false })}
          onChange={() => play('move')}
        />
      </div>
      <Switches
        rows={[
          ['soundGame', 'sound.game'],
          ['soundClock', 'sound.clock'],
          ['soundNotice', 'sound.notice'],
        ]}
      />
    </>
  );
}

export const readerSwitches: readonly (readonly [Switch, string])[] = [
  ['singleKeys', 'board.keys'],
  ['screenReader', 'board.reader'],
];
