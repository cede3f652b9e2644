import { scopes } from '../../people/account-api';
import type { Scope } from '../../people/account-api';

/** What a link to the page of a new token asks for, as links of lichess do. */
export interface TokenWish {
  name: string;
  scopes: Scope[];
  /** Scopes that there are not here. */
  unknown: string[];
}

/** The longest name of a token. */
const NAME = 40;

/** Reads `?scopes[]=bot:play&scopes[]=...&description=...`. */
export function wishOf(search: string): TokenWish {
  const given = new URLSearchParams(search);
  const asked = [...given.getAll('scopes[]'), ...given.getAll('scopes')].flatMap((text) => text.split(/[ ,]+/)).filter(Boolean);
  return {
    name: (given.get('description') ?? '').trim().slice(0, NAME),
    scopes: scopes.filter((scope) => asked.includes(scope)),
    unknown: [...new Set(asked.filter((scope) => !scopes.includes(scope as Scope)))],
  };
}
