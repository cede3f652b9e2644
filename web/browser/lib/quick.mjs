// @ts-check
/** Many games in little time: two pages speak the protocol by themselves, without their boards. */

/** @typedef {import('./games.mjs').Player} Player */

/** Black mates; four plies are the least. */
const MOVES = ['f2f3', 'e7e5', 'g2g4', 'd8h4'];

/** @typedef {{ player: Player, name: string }} Member */

/** What a game is; `asker` challenges the other. @typedef {{ control?: string, rated?: boolean, asker?: 'white' | 'black' }} Wish */

/**
 * Plays a game to mate between two members; the first has White and loses.
 * @param {Member} white
 * @param {Member} black
 * @param {Wish} [wish]
 * @returns {Promise<string>} the id of the table
 */
export async function quickMate(white, black, { control = '3+2', rated = true, asker = 'white' } = {}) {
  const [from, to] = asker === 'white' ? [white, black] : [black, white];
  const { person } = from.player;
  const table = await open(person, { control, rated, color: asker, name: to.name });
  await act(to.player, table, { type: 'sit' });
  for (const [ply, uci] of MOVES.entries()) await act((ply % 2 === 0 ? white : black).player, table, { type: 'move', uci });
  return table;
}

/**
 * Challenges, as often as the server allows.
 * @param {import('./people.mjs').Person} person
 * @param {Record<string, unknown>} wish
 */
async function open({ context, wire: { url } }, wish) {
  for (;;) {
    const data = { kind: 'chess', setup: { variant: 'standard' }, opponent: 'user', ...wish };
    const answer = await context.request.post(`${url}/api/v1/tables`, { headers: { origin: url }, data });
    /** @type {{ table: string }} */
    const { table } = await answer.json();
    if (answer.ok()) return table;
    if (answer.status() !== 429) throw new Error(await answer.text());
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers()['retry-after'] ?? 1) * 1000));
  }
}

/** @param {Player} player @param {string} table @param {Record<string, string>} action */
function act({ person: { page } }, table, action) {
  return page.evaluate(inPage, { table, action });
}

/** Runs in the page: one action on a socket of its own, which stays open for the next. @param {{ table: string, action: Record<string, string> }} ask */
async function inPage({ table, action }) {
  /** @type {{ quick?: Promise<WebSocket>, count?: number }} */
  const here = /** @type {never} */ (globalThis);
  here.quick ??= new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/ws`, 'kibitz.1');
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error('no socket'));
  });
  const socket = await here.quick;
  socket.send(JSON.stringify({ type: 'join', table }));
  here.count = (here.count ?? 0) + 1;
  const id = `quick-${here.count}`;
  const send = () => socket.send(JSON.stringify({ type: 'act', table, id, action }));
  await new Promise((resolve, reject) => {
    /** @param {MessageEvent<string>} event */
    const hear = ({ data }) => {
      const message = JSON.parse(data);
      if (message.ack !== id && message.id !== id) return;
      // The same message with the same id may come again.
      if (message.code === 'too-fast') return void setTimeout(send, message.retry_ms ?? 500);
      socket.removeEventListener('message', hear);
      if (message.type === 'error') reject(new Error(`${action['type']}: ${message.message}`));
      else resolve(undefined);
    };
    socket.addEventListener('message', hear);
    send();
  });
}
