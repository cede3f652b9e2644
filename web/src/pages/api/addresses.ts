/** One line of the table. `note` names a text of en.json. */
export interface Address {
  address: string;
  /** False for what is not there. */
  there?: boolean;
  note?: string;
}

/** The addresses of lichess, as docs/lichess.md lists them. */
export const addresses: readonly Address[] = [
  { address: 'GET /api/account, /api/account/email' },
  { address: 'GET /api/account/preferences', note: 'preferences' },
  { address: 'GET, POST /api/account/kid', note: 'kid' },
  { address: 'GET /api/account/playing' },
  { address: 'POST /api/token, DELETE /api/token', note: 'oauth' },
  { address: 'POST /api/token/test', note: 'tokens' },
  { address: 'POST /api/bot/account/upgrade' },
  { address: 'GET /api/stream/event', note: 'events' },
  { address: 'GET /api/challenge' },
  { address: 'POST /api/challenge/{name}', note: 'challenge' },
  { address: 'GET /api/challenge/{id}/show' },
  { address: 'POST /api/challenge/{id}/accept, decline, cancel' },
  { address: 'POST /api/challenge/ai', note: 'ai' },
  { address: 'POST /api/challenge/open', note: 'open' },
  { address: 'POST /api/board/seek', note: 'seek' },
  { address: 'GET /api/bot/game/stream/{id}, /api/board/game/stream/{id}', note: 'stream' },
  { address: 'POST …/game/{id}/move/{uci}', note: 'move' },
  { address: 'POST, GET …/game/{id}/chat', note: 'chat' },
  { address: 'POST …/game/{id}/abort, resign, claim-victory, claim-draw' },
  { address: 'POST …/game/{id}/draw/{yes}, takeback/{yes}', note: 'draw' },
  { address: 'POST /api/round/{id}/add-time/{seconds}', note: 'time' },
  { address: 'GET /api/user/{name}, POST /api/users' },
  { address: 'GET /api/users/status' },
  { address: 'GET /api/user/{name}/rating-history, perf/{perf}', note: 'ratings' },
  { address: 'GET /api/player, /api/player/top/{n}/{perf}, /api/player/autocomplete' },
  { address: 'GET /api/crosstable/{a}/{b}' },
  { address: 'GET /api/bot/online', note: 'bots' },
  { address: 'GET /game/export/{id}', note: 'export' },
  { address: 'GET /api/games/user/{name}, POST /api/games/export/_ids', note: 'exports' },
  { address: 'GET /api/user/{name}/current-game' },
  { address: 'POST /api/import', note: 'import' },
  { address: 'GET /api/stream/game/{id}', note: 'delay' },
  { address: 'POST /api/stream/games-by-users' },
  { address: 'POST /api/stream/games/{id}, /api/stream/games/{id}/add', note: 'follow' },
  { address: 'GET /api/tv/channels, /api/tv/feed, /api/tv/{channel}, /api/tv/{channel}/feed', note: 'tv' },
  { address: '/api/tournament, /api/swiss, /api/team, /api/simul', there: false },
  { address: '/api/study, /api/puzzle, /api/broadcast, /api/bulk-pairing', there: false },
  { address: '/api/rel, /inbox', there: false },
];

/** Examples for a server at an address. They name a token in the shell variable TOKEN. */
export function examples(origin: string): readonly { name: string; text: string }[] {
  const token = '-H "Authorization: Bearer $TOKEN"';
  return [
    { name: 'account', text: `curl ${token} ${origin}/api/account` },
    { name: 'events', text: `curl -N ${token} ${origin}/api/stream/event` },
    { name: 'challenge', text: `curl ${token} ${origin}/api/challenge/ai -d level=3 -d clock.limit=300 -d clock.increment=3` },
    { name: 'game', text: `curl -N ${token} ${origin}/api/board/game/stream/GAME\ncurl -X POST ${token} ${origin}/api/board/game/GAME/move/e2e4` },
    { name: 'export', text: `curl "${origin}/api/games/user/NAME?max=10&clocks=true"` },
    { name: 'bot', text: `KIBITZ_TOKEN=$TOKEN kibitz bot --url ${origin} --engine /usr/games/stockfish --level 5` },
    { name: 'lichess-bot', text: `# config.yml\ntoken: "kbz_…"\nurl: "${origin}/"` },
  ];
}
