import { effect, signal } from '@preact/signals';

/** What a player has set. Works without an account; kept in localStorage under one key. */
export interface Settings {
  theme: 'dark' | 'light' | 'system';
  /** 0..1. */
  volume: number;
  muted: boolean;
  soundGame: boolean;
  soundClock: boolean;
  soundNotice: boolean;
  boardTheme: BoardTheme;
  /** Pictures, or letters on discs for low vision. */
  pieces: 'cburnett' | 'letters';
  coordinates: 'inside' | 'outside' | 'off';
  showDests: boolean;
  showLastMove: boolean;
  showCheck: boolean;
  premove: boolean;
  alwaysQueen: boolean;
  animation: boolean;
  figurines: boolean;
  wheelPly: boolean;
  jumpToLive: boolean;
  confirmResign: boolean;
  singleKeys: boolean;
  screenReader: boolean;
  /** The size of text, in percent of the usual one. */
  textSize: number;
  reduceMotion: boolean;
  highContrast: boolean;
  /** Poker: suits in four colours or in two, and the cloth. */
  deck: 'four' | 'two';
  felt: 'green' | 'blue' | 'red' | 'grey';
  /** Amounts in big blinds. */
  bigBlinds: boolean;
  /** Keys that act: they cost chips when hit by mistake, so the player switches them on. */
  tableKeys: boolean;
  preActions: boolean;
  handStrength: boolean;
  confirmAllIn: boolean;
  confirmFold: boolean;
  /** Buys back what was lost after each hand, and posts what is owed rather than wait for the blind. */
  topUp: boolean;
  autoPost: boolean;
  /** Goes to the table that waits for me. */
  jumpToTurn: boolean;
  /** Tells of my turn by the system while the page is hidden. */
  notifyTurn: boolean;
}

export const boardThemes = ['brown', 'blue', 'green', 'grey', 'purple', 'ice', 'olive', 'contrast'] as const;
export type BoardTheme = (typeof boardThemes)[number];

export const defaults: Settings = {
  theme: 'system',
  volume: 0.7,
  muted: false,
  soundGame: true,
  soundClock: true,
  soundNotice: true,
  boardTheme: 'brown',
  pieces: 'cburnett',
  coordinates: 'inside',
  showDests: true,
  showLastMove: true,
  showCheck: true,
  premove: true,
  alwaysQueen: false,
  animation: true,
  figurines: false,
  wheelPly: true,
  jumpToLive: true,
  confirmResign: true,
  singleKeys: true,
  screenReader: false,
  textSize: 100,
  reduceMotion: false,
  highContrast: false,
  deck: 'four',
  felt: 'green',
  bigBlinds: false,
  tableKeys: false,
  preActions: true,
  handStrength: true,
  confirmAllIn: false,
  confirmFold: true,
  topUp: false,
  autoPost: false,
  jumpToTurn: false,
  notifyTurn: false,
};

export const textSizes = [90, 100, 110, 120, 130, 140] as const;

const KEY = 'kibitz.settings';

/** Only fields of today's settings with values of the right kind; anything else in the store is as good as not set. */
export function readSettings(stored: string | null): Settings {
  const settings: Settings = { ...defaults };
  let found: unknown;
  try {
    found = JSON.parse(stored ?? '{}');
  } catch {
    return settings;
  }
  if (typeof found !== 'object' || found === null) return settings;
  for (const key of Object.keys(defaults) as (keyof Settings)[]) {
    const value = (found as Record<string, unknown>)[key];
    if (typeof value === typeof defaults[key] && allowed(key, value)) Object.assign(settings, { [key]: value });
  }
  return settings;
}

const choices: Partial<Record<keyof Settings, readonly string[]>> = {
  theme: ['dark', 'light', 'system'],
  boardTheme: boardThemes,
  pieces: ['cburnett', 'letters'],
  coordinates: ['inside', 'outside', 'off'],
  deck: ['four', 'two'],
  felt: ['green', 'blue', 'red', 'grey'],
};

function allowed(key: keyof Settings, value: unknown): boolean {
  if (key === 'volume') return (value as number) >= 0 && (value as number) <= 1;
  if (key === 'textSize') return textSizes.includes(value as (typeof textSizes)[number]);
  return choices[key]?.includes(value as string) ?? true;
}

function load(): Settings {
  try {
    return readSettings(localStorage.getItem(KEY));
  } catch {
    return { ...defaults };
  }
}

export const settings = signal<Settings>(load());

/** Changes some settings, at once and for good. */
export function set(change: Partial<Settings>): void {
  settings.value = { ...settings.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.value));
  } catch {
    // A browser that forbids storage keeps them until the page closes.
  }
}

/** Shows theme and board colours on the document, now and whenever they change. Called once, by main. */
export function startSettings(): void {
  effect(() => {
    const { theme, boardTheme, pieces, animation, textSize, reduceMotion, highContrast } = settings.value;
    const root = document.documentElement;
    const data = root.dataset;
    data['theme'] = theme;
    data['board'] = boardTheme;
    data['pieces'] = pieces;
    data['animation'] = animation && !reduceMotion ? 'on' : 'off';
    data['motion'] = reduceMotion ? 'off' : 'on';
    data['contrast'] = highContrast ? 'more' : 'usual';
    root.style.fontSize = textSize === 100 ? '' : `${textSize}%`;
  });
  addEventListener('storage', (event) => {
    if (event.key === KEY) settings.value = readSettings(event.newValue);
  });
}
