import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { me } from '../store';
import { people } from './api';
import type { Rating } from './api';
import { ratingText } from './words';

/** My ratings by key; null while they are not known, and for guests, who have none. */
export const myRatings = signal<ReadonlyMap<string, Rating> | null>(null);

/** What a player without a rated game counts as (chess.md 7). */
const START: Pick<Rating, 'rating' | 'provisional'> = { rating: 1500, provisional: true };

/** Asks for my ratings when a page comes, and when I become somebody else. They are a comfort: without them the page works. */
export function useMyRatings(): void {
  const user = me.value;
  const id = user && !user.guest ? user.id : null;
  useEffect(() => {
    let current = true;
    if (id === null) myRatings.value = null;
    else people.myRatings().then(({ ratings }) => current && (myRatings.value = new Map(ratings.map((one) => [one.key, one]))), ignore);
    return () => void (current = false);
  }, [id]);
}

function ignore(): void {
  // The tiles then show no rating, as for a guest.
}

/** My rating as text, null for who has none. */
export function myRatingText(key: string): string | null {
  if (!myRatings.value) return null;
  const { rating, provisional } = myRating(key);
  return ratingText(rating, provisional);
}

/** My rating of a kind, or what everybody starts with. */
export function myRating(key: string): Pick<Rating, 'rating' | 'provisional'> {
  return myRatings.value?.get(key) ?? START;
}
