import { t } from '../../i18n';
import { set, settings, textSizes } from '../../settings';
import { BoardColours, PieceChoice, ThemeChoice } from '../../shell/options';
import { Choices } from '../../ui/choices';
import { MiniBoard } from '../../ui/mini-board';

/** A position with all kinds of pieces on both colours of squares. */
const SAMPLE = 'r1bqk2r/pppp1ppp/2n2n2/2b1p3/2B1P3/2N2N2/PPPP1PPP/R1BQK2R w KQkq - 0 1';

export function Appearance() {
  return (
    <>
      <ThemeChoice />
      <TextSize />
      <BoardColours />
      <PieceChoice />
      <div class="settings-board">
        <MiniBoard fen={SAMPLE} />
      </div>
    </>
  );
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
