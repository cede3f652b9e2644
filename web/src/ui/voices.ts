/** Ten sounds without files: each is a few oscillators and filtered noise with an exponential envelope. */

export type Voice = 'move' | 'capture' | 'check' | 'lowtime' | 'turn' | 'win' | 'lose' | 'chips' | 'deal' | 'fold';

type Play = (audio: BaseAudioContext, out: AudioNode, at: number) => void;

interface Tone {
  hz: number;
  to?: number;
  gain: number;
  decay: number;
  wave?: OscillatorType;
}

interface Hiss {
  hz: number;
  to?: number;
  q: number;
  gain: number;
  attack?: number;
  decay: number;
}

const SILENCE = 0.0001;
/** Wood on wood is 8 dB below the rest: it is heard forty times a game. */
const WOOD = 0.4;

function envelope(audio: BaseAudioContext, out: AudioNode, at: number, shape: { gain: number; attack: number; decay: number }): GainNode {
  const node = audio.createGain();
  node.gain.setValueAtTime(SILENCE, at);
  node.gain.exponentialRampToValueAtTime(shape.gain, at + shape.attack);
  node.gain.exponentialRampToValueAtTime(SILENCE, at + shape.attack + shape.decay);
  node.connect(out);
  return node;
}

function run(node: AudioScheduledSourceNode, at: number, seconds: number): void {
  node.start(at);
  node.stop(at + seconds + 0.05);
}

function tone(audio: BaseAudioContext, out: AudioNode, at: number, { hz, to = hz, gain, decay, wave = 'sine' }: Tone): void {
  const oscillator = audio.createOscillator();
  oscillator.type = wave;
  oscillator.frequency.setValueAtTime(hz, at);
  oscillator.frequency.exponentialRampToValueAtTime(to, at + decay);
  oscillator.connect(envelope(audio, out, at, { gain, attack: 0.002, decay }));
  run(oscillator, at, decay);
}

const noises = new WeakMap<BaseAudioContext, AudioBuffer>();

/** Half a second of white noise, the same every time. */
function noise(audio: BaseAudioContext): AudioBuffer {
  const known = noises.get(audio);
  if (known) return known;
  const buffer = audio.createBuffer(1, audio.sampleRate / 2, audio.sampleRate);
  const samples = buffer.getChannelData(0);
  let seed = 7;
  for (let i = 0; i < samples.length; i++) {
    seed = (seed * 16807) % 2147483647;
    samples[i] = seed / 1073741823.5 - 1;
  }
  noises.set(audio, buffer);
  return buffer;
}

function hiss(audio: BaseAudioContext, out: AudioNode, at: number, { hz, to = hz, q, gain, attack = 0.001, decay }: Hiss): void {
  const source = audio.createBufferSource();
  source.buffer = noise(audio);
  const band = audio.createBiquadFilter();
  band.type = 'bandpass';
  band.Q.value = q;
  band.frequency.setValueAtTime(hz, at);
  band.frequency.exponentialRampToValueAtTime(to, at + attack + decay);
  source.connect(band);
  band.connect(envelope(audio, out, at, { gain, attack, decay }));
  run(source, at, attack + decay);
}

function wood(audio: BaseAudioContext, out: AudioNode, at: number, loud = 1): void {
  const gain = WOOD * loud;
  tone(audio, out, at, { hz: 190, to: 120, gain: 0.5 * gain, decay: 0.07 });
  hiss(audio, out, at, { hz: 1500, q: 1.2, gain: 0.9 * gain, decay: 0.035 });
  hiss(audio, out, at, { hz: 3800, q: 2, gain: 0.25 * gain, decay: 0.015 });
}

function chip(audio: BaseAudioContext, out: AudioNode, at: number, loud: number): void {
  for (const hz of [3150, 4720, 7200]) tone(audio, out, at, { hz, gain: 0.09 * loud, decay: 0.045, wave: 'triangle' });
  hiss(audio, out, at, { hz: 5200, q: 3, gain: 0.25 * loud, decay: 0.02 });
}

/** Notes one after the other, `step` seconds apart. */
function melody(hzs: readonly number[], step: number, shape: Omit<Tone, 'hz'>): Play {
  return (audio, out, at) => hzs.forEach((hz, i) => tone(audio, out, at + i * step, { hz, ...shape }));
}

export const voices: Record<Voice, Play> = {
  move: wood,
  capture: (audio, out, at) => {
    wood(audio, out, at, 1.1);
    wood(audio, out, at + 0.045, 0.7);
  },
  check: (audio, out, at) => {
    wood(audio, out, at);
    tone(audio, out, at + 0.03, { hz: 880, gain: 0.18, decay: 0.16, wave: 'triangle' });
  },
  lowtime: melody([1200, 1200], 0.12, { gain: 0.2, decay: 0.06, wave: 'square' }),
  turn: melody([660, 990], 0.11, { gain: 0.25, decay: 0.18, wave: 'triangle' }),
  win: melody([523, 659, 784, 1047], 0.09, { gain: 0.22, decay: 0.25, wave: 'triangle' }),
  lose: melody([440, 370, 311], 0.14, { gain: 0.2, decay: 0.28, wave: 'triangle' }),
  chips: (audio, out, at) => [0, 0.05, 0.085, 0.14].forEach((wait, i) => chip(audio, out, at + wait, 1 - i * 0.15)),
  deal: (audio, out, at) => hiss(audio, out, at, { hz: 2500, to: 6000, q: 0.8, gain: 0.35, attack: 0.02, decay: 0.07 }),
  fold: (audio, out, at) => hiss(audio, out, at, { hz: 3500, to: 900, q: 0.7, gain: 0.3, attack: 0.02, decay: 0.12 }),
};
