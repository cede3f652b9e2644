import { lazy } from '../../ui/lazy';

/** The parts of `extras`. The chat is on every page, so that all of them are here before they are needed. */
const extras = () => import('./extras');

export const chatBody = lazy(() => extras().then((module) => module.ChatBody));
export const claims = lazy(() => extras().then((module) => module.Claims));
export const again = lazy(() => extras().then((module) => module.Again));
export const endCard = lazy(() => extras().then((module) => module.EndCard));
export const replaced = lazy(() => extras().then((module) => module.Replaced));
export const waiting = lazy(() => extras().then((module) => module.Waiting));
