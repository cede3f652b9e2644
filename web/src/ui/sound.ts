import { settings } from '../settings';
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
let fetched: Promise<typeof import('./voices')> | null = null;

function voices(): Promise<typeof import('./voices')> {
  return (fetched ??= import('./voices'));
}

/** Fetches the voices with the first gesture: before it no browser lets a sound out. Called once, by main. */
export function startSound(): void {
  const fetchThem = () => void voices().catch(() => (fetched = null));
  for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, fetchThem, { once: true, capture: true });
}

/** Plays a voice, unless it is switched off or the player has not touched the page yet. */
export function play(voice: Voice): void {
  const { muted, volume } = settings.value;
  if (muted || volume === 0 || !settings.value[groups[voice]]) return;
  const audio = wake();
  if (audio) voices().then((all) => sound(audio, all.voices[voice], volume), () => (fetched = null));
}

type Sound = (audio: BaseAudioContext, out: AudioNode, at: number) => void;

function sound(audio: AudioContext, voice: Sound, volume: number): void {
  const master = audio.createGain();
  // Loudness is heard by powers: half the slider should sound half as loud.
  master.gain.value = volume * volume;
  master.connect(audio.destination);
  voice(audio, master, audio.currentTime + 0.005);
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
