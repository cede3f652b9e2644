export interface Notice {
  name: string;
  licence: string;
  holder: string;
  source: string;
  use: string;
  /** Its licence in full, when it is not in notice.txt. */
  text?: string;
}

/** Everything of others that the built client contains. A dependency that ships gets a line here. */
export const notices: readonly Notice[] = [
  {
    name: 'chessground 10.4.1',
    licence: 'GPL-3.0-or-later',
    holder: 'Copyright the lichess.org authors',
    source: 'https://github.com/lichess-org/chessground',
    use: 'The board.',
  },
  {
    name: 'chessops 0.15.1',
    licence: 'GPL-3.0-or-later',
    holder: 'Copyright Niklas Fiekas',
    source: 'https://github.com/niklasf/chessops',
    use: 'The rules of chess in the browser.',
  },
  {
    name: 'Names of openings',
    licence: 'CC0-1.0',
    holder: 'In the public domain, by the lichess.org authors',
    source: 'https://github.com/lichess-org/chess-openings',
    use: 'The names of openings, on the server.',
  },
  {
    name: '@badrap/result 0.3.1',
    licence: 'MIT',
    holder: 'Copyright Badrap Oy',
    source: 'https://github.com/badrap/result',
    use: 'Used by chessops.',
  },
  {
    name: 'cburnett chess pieces',
    licence: 'GPL-2.0-or-later',
    holder: 'Copyright Colin M. L. Burnett',
    source: 'https://github.com/lichess-org/chessground',
    use: 'The pieces.',
  },
  {
    name: 'Preact 11.2.0',
    licence: 'MIT',
    holder: 'Copyright Jason Miller',
    source: 'https://github.com/preactjs/preact',
    use: 'Rendering.',
  },
  {
    name: 'Preact Signals 2.11.4',
    licence: 'MIT',
    holder: 'Copyright the Preact team',
    source: 'https://github.com/preactjs/signals',
    use: 'State.',
  },
  {
    name: 'Lucide icons 1.62.0',
    licence: 'ISC',
    holder: 'Copyright Lucide Icons and contributors; some icons Copyright Cole Bemis (Feather, MIT)',
    source: 'https://github.com/lucide-icons/lucide',
    use: 'The icons.',
  },
  {
    name: 'Stockfish: stockfish.js 10.0.2',
    licence: 'GPL-3.0-or-later',
    holder: 'Copyright T. Romstad, M. Costalba, J. Kiiski, G. Linscott, D. Dugovic, N. Fiekas and contributors',
    source: 'https://github.com/niklasf/stockfish.js/releases',
    use: 'The engine in the browser: a program of its own, unchanged, at release 10.0.2. Its licence is beside it.',
    text: '/engine/stockfish-10.0.2/Copying.txt',
  },
];
