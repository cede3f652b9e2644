import { addMessages, t } from '../../i18n';
import { boardThemes, set, settings } from '../../settings';
import { Switches, readerSwitches } from '../../shell/options';
import type { Switch } from '../../shell/options';
import { Choices } from '../../ui/choices';
import { MiniBoard } from './miniboard';
import messages from './options.en.json';

addMessages(messages);

/** The settings of chess. */

/** A position with all kinds of pieces on both colours of squares. */
const SAMPLE = 'r1bqk2r/pppp1ppp/2n2n2/2b1p3/2B1P3/2N2N2/PPPP1PPP/R1BQK2R w KQkq - 0 1';

export function Page() {
  return (
    <>
      <CoordinateChoice />
      <div>
        <Switches rows={boardSwitches} />
      </div>
    </>
  );
}

/** How the board looks, with a board to see it on. */
export function Look() {
  return (
    <>
      <BoardColours />
      <PieceChoice />
      <div class="settings-board">
        <MiniBoard fen={SAMPLE} />
      </div>
    </>
  );
}

function BoardColours() {
  const { boardTheme } = settings.value;
  return (
    <fieldset class="swatches">
      <legend>{t('board.theme')}</legend>
      {boardThemes.map((theme) => (
        <label key={theme} data-board={theme} title={t(`board.theme.${theme}`)}>
          <input type="radio" name="board" class="vh" checked={theme === boardTheme} onChange={() => set({ boardTheme: theme })} />
          <span class="swatch" aria-hidden="true" />
          <span class="vh">{t(`board.theme.${theme}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Everything about the board at a glance. */
export function Menu() {
  return (
    <section class="menu-section">
      <h2>{t('menu.board')}</h2>
      <BoardColours />
      <PieceChoice />
      <CoordinateChoice />
      <Switches rows={[...boardSwitches, ...readerSwitches]} />
    </section>
  );
}

const boardSwitches: readonly (readonly [Switch, string])[] = [
  ['showDests', 'board.dests'],
  ['showLastMove', 'board.last'],
  ['showCheck', 'board.check'],
  ['animation', 'board.animation'],
  ['figurines', 'board.figurines'],
  ['premove', 'board.premove'],
  ['alwaysQueen', 'board.queen'],
  ['wheelPly', 'board.wheel'],
  ['jumpToLive', 'board.live'],
  ['confirmResign', 'board.resign'],
];

function PieceChoice() {
  return (
    <Choices
      legend={t('board.pieces')}
      value={settings.value.pieces}
      onChange={(pieces) => set({ pieces })}
      options={[
        { value: 'cburnett', label: t('board.pieces.cburnett') },
        { value: 'letters', label: t('board.pieces.letters') },
      ]}
    />
  );
}

function CoordinateChoice() {
  return (
    <Choices
      legend={t('board.coordinates')}
      value={settings.value.coordinates}
      onChange={(coordinates) => set({ coordinates })}
      options={[
        { value: 'inside', label: t('board.coordinates.inside') },
        { value: 'outside', label: t('board.coordinates.outside') },
        { value: 'off', label: t('board.coordinates.off') },
      ]}
    />
  );
}
