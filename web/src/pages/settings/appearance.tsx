import { games } from '../../games/list';
import { gameSettings } from '../../games/loaded';
import { t } from '../../i18n';
import { set, settings, textSizes } from '../../settings';
import { ThemeChoice } from '../../shell/options';
import { Choices } from '../../ui/choices';
import { Skeleton } from '../../ui/skeleton';

export function Appearance() {
  return (
    <>
      <ThemeChoice />
      <TextSize />
      {games.map(({ kind }) => (
        <Look key={kind} kind={kind} />
      ))}
    </>
  );
}

/** How a game looks. */
function Look({ kind }: { kind: string }) {
  const View = gameSettings.of(kind)?.Look;
  return View ? <View /> : <Skeleton height="320px" />;
}

export function TextSize() {
  return (
    <Choices
      legend={t('settings.text')}
      value={settings.value.textSize}
      onChange={(textSize) => set({ textSize })}
      options={textSizes.map((n) => ({ value: n, label: t('settings.text.value', { n }) }))}
    />
  );
}
