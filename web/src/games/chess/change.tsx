import { useEffect, useState } from 'preact/hooks';
import { people } from '../../people/api';
import type { GamePlayer } from '../../people/api';
import { RatingDiff } from '../../people/person';

/** Ratings are reckoned a moment after the game: asked for at these times after its end, in ms, until they are there. */
const TIMES = [100, 250, 500, 900, 1500, 2500, 4000, 7000, 12_000, 20_000];

/** One question for both strips. */
const asked = new Map<string, Promise<(GamePlayer | null)[]>>();

async function ask(table: string): Promise<(GamePlayer | null)[]> {
  for (const [index, time] of TIMES.entries()) {
    await new Promise((resolve) => setTimeout(resolve, time - (TIMES[index - 1] ?? 0)));
    const players = await people.game(table).then((game) => game.players, notYet);
    if (players.some((player) => player?.diff !== undefined)) return players;
  }
  return [];
}

/** The game is not in the archive, or the server not there: the next question may find both. */
function notYet(): (GamePlayer | null)[] {
  return [];
}

function playersOf(table: string): Promise<(GamePlayer | null)[]> {
  const known = asked.get(table) ?? ask(table);
  asked.set(table, known);
  return known;
}

/** What a rated game did to the rating of a seat, once that is known. */
export function Change({ table, seat }: { table: string; seat: number }) {
  const [diff, setDiff] = useState<number | undefined>(undefined);
  useEffect(() => {
    let current = true;
    void playersOf(table).then((players) => current && setDiff(players[seat]?.diff));
    return () => void (current = false);
  }, [table, seat]);
  return diff === undefined ? null : <RatingDiff diff={diff} />;
}
