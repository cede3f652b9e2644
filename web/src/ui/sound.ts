import { settings } from '../settings';
import { voices } from './voices';
import type { Voice } from './voices';

/** Plays the synthesised voices. A sound never is the only signal: whoever plays one also shows something. */

export type { Voice } from './voices';

type Group = 'soundGame' | 'soundClock' | 'soundNotice';

const groups: Record<Voice, Group> = {
  move: 'soundGame',
  capture: 'soundGame',
  check: 'soundGame',
  chips: 'soundGame',
  deal: 'soundGame',
  fold: 'soundGame',
  lowtime: 'soundClock',
  turn: 'soundNotice',
  win: 'soundNotice',
  lose: 'soundNotice',
};

let context: AudioContext | null = null;

/** Plays a voice, unless it is switched off or the player has not touched the page yet. */
export function play(voice: Voice): void {
  const { muted, volume } = settings.value;
  if (muted || volume === 0 || !settings.value[groups[voice]]) return;
  const audio = wake();
  if (!audio) return;
  const master = audio.createGain();
  // Loudness is heard by powers: half the slider should sound half as loud.
  master.gain.value = volume * volume;
  master.connect(audio.destination);
  voices[voice](audio, master, audio.currentTime + 0.005);
}

/** Browsers refuse sound before the first gesture, and complain about the attempt. */
function wake(): AudioContext | null {
  if (!navigator.userActivation?.hasBeenActive) return null;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    return context;
  } catch {
    return null;
  }
}
