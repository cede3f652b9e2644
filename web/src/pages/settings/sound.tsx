import { SoundChoice } from '../../shell/options';

export function SoundSettings() {
  return (
    <div>
      <SoundChoice />
    </div>
  );
}
