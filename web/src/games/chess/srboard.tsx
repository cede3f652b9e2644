import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { announce } from '../../ui/live';
import { findNext, lastCaptureText, lineText, movesText, pieceOn, raysText } from './answers';
import { clocksText, lastMoveText } from './facts';
import type { Game } from './game';
import { isArrow, squares, step } from './grid';
import type { Live } from './live';
import { below } from './orientation';
import { isMyTurn, liveFen, myColor } from './select';
import { speakPiece, speakPlace, speakSquare } from './speech';
import { pieceAt } from './rules';
import { play } from '../../ui/sound';

/** The board as a grid of 64 buttons: one stop of the Tab key, arrows inside, letters to find pieces. */
export function SrBoard({ live }: { live: Live }) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState('e2');
  const [from, setFrom] = useState<string | null>(null);
  const game = live.game.value;
  useEffect(() => setFrom(null), [game?.plies]);
  if (!game) return null;
  const focus = (square: string): void => {
    setAt(square);
    box.current?.querySelector<HTMLElement>(`#sq-${square}`)?.focus();
  };
  const press = (square: string): void => setFrom(choose(live, game, from, square));
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = onGridKey(live, game, at, event);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== '') focus(to);
  };
  return (
    <div class="sr-board" ref={box} role="grid" aria-label={t('chess.board')} onKeyDown={onKeyDown}>
      {squares(below(live)).map((row) => (
        <div role="row" key={row[0]}>
          {row.map((square) => (
            <Cell key={square} game={game} square={square} here={square === at} chosen={square === from} onPress={press} onFocus={setAt} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface CellProps {
  game: Game;
  square: string;
  here: boolean;
  chosen: boolean;
  onPress: (square: string) => void;
  onFocus: (square: string) => void;
}

const GLYPHS: Record<string, string> = { king: '♚', queen: '♛', rook: '♜', bishop: '♝', knight: '♞', pawn: '♟' };

function Cell({ game, square, here, chosen, onPress, onFocus }: CellProps) {
  const piece = pieceAt(liveFen(game), square);
  const dark = (square.charCodeAt(0) + Number(square.charAt(1))) % 2 === 0;
  return (
    <div role="gridcell" class={dark ? 'dark' : 'light'} aria-selected={chosen}>
      <button
        type="button"
        id={`sq-${square}`}
        tabIndex={here ? 0 : -1}
        class={piece ? `glyph ${piece.color}` : ''}
        aria-label={`${speakPlace(square, piece)}${chosen ? `, ${t('chess.sr.selected')}` : ''}`}
        onClick={() => onPress(square)}
        onFocus={() => onFocus(square)}
      >
        {piece ? GLYPHS[piece.role] : ''}
      </button>
    </div>
  );
}

/** First press takes a piece, second names its target; answers the square now taken. */
function choose(live: Live, game: Game, from: string | null, square: string): string | null {
  const piece = pieceOn(game, square);
  if (piece && piece.color === myColor(game) && from !== square) {
    announce(isMyTurn(game) ? `${speakPiece(piece)} ${t('chess.sr.selected')}` : t('chess.not-your-turn'));
    return isMyTurn(game) ? square : null;
  }
  if (from === square) announce(t('chess.sr.unselected'));
  else if (from && !live.move(from, square)) announce(t('chess.illegal', { move: `${from} ${square}` }));
  return null;
}

/** The square a key leads to; empty when it only made something be said; undefined when the key means nothing here. */
function onGridKey(live: Live, game: Game, at: string, event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (isArrow(event.key)) return walk(step(at, event.key, below(live)));
  const digit = /^Digit([1-8])$/.exec(event.code)?.[1];
  if (digit !== undefined) return along(at, digit, event.shiftKey);
  const key = event.key.toLowerCase();
  if (key.length === 1 && 'kqrbnp'.includes(key)) return findNext(game, at, key, event.shiftKey) ?? say(t('chess.say.none'));
  if (key === 'i') return toInput();
  const text = ask(game, at, key, event.shiftKey);
  return text === undefined ? undefined : say(text);
}

/** At the edge of the board the step makes a sound and goes nowhere. */
function walk(to: string | undefined): string {
  if (to === undefined) play('fold');
  return to ?? '';
}

/** A digit goes to that rank of the file; with Shift, to that file of the rank. */
function along(at: string, digit: string, shift: boolean): string {
  return shift ? `${'abcdefgh'.charAt(Number(digit) - 1)}${at.charAt(1)}` : `${at.charAt(0)}${digit}`;
}

function say(text: string): '' {
  announce(text);
  return '';
}

function toInput(): '' {
  document.getElementById('move-input')?.focus();
  return '';
}

function ask(game: Game, at: string, key: string, shift: boolean): string | undefined {
  switch (key) {
    case 'o':
      return speakSquare(at);
    case 'l':
      return lastMoveText(game);
    case 'c':
      return lastCaptureText(game);
    case 't':
      return clocksText(game);
    case 'm':
      return movesText(game, at, shift);
    case 'x':
      return raysText(game, at);
    case 's':
      return lineText(game, at.charAt(shift ? 1 : 0));
    default:
      return undefined;
  }
}
