import { CoordinateChoice, Switches, boardSwitches } from '../../shell/options';

export function ChessSettings() {
  return (
    <>
      <CoordinateChoice />
      <div>
        <Switches rows={boardSwitches} />
      </div>
    </>
  );
}
