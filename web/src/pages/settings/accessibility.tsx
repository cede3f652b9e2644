import { Switches, readerSwitches } from '../../shell/options';
import { TextSize } from './appearance';

export function Accessibility() {
  return (
    <>
      <TextSize />
      <div>
        <Switches
          rows={[
            ['highContrast', 'settings.contrast'],
            ['reduceMotion', 'settings.motion'],
            ...readerSwitches,
          ]}
        />
      </div>
    </>
  );
}
