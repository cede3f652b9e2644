import { call } from '../../api';
import { search } from '../../people/api';
import type { Confirm, Session } from '../../people/account-api';

/** What admins may ask of the server (docs/api.md). For anybody else every call rejects with 404. */

export const roles = ['user', 'bot', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody with an open account. */
export interface KnownUser {
  id: string;
  name: string;
  role: Role;
  created_at: number;
}

/** Somebody in the log; who closed the account has an empty name. */
export interface DeedPerson {
  id: string;
  name: string;
}

export interface Deed {
  at: number;
  what: string;
  /** Null for who used the command line of the host. */
  actor: DeedPerson | null;
  subject: DeedPerson | null;
  /** The new role, or the old name. */
  detail: string;
  /** `begun` is what was interrupted: it may be done or not. */
  outcome: 'done' | 'refused' | 'begun';
}

const of = (name: string, what: string) => `admin/users/${encodeURIComponent(name)}/${what}`;

export const admin = {
  users: (prefix: string, cursor?: string, limit?: number) =>
    call<{ users: KnownUser[]; next: string }>('GET', `admin/users${search({ prefix, cursor, limit })}`),
  sessions: (name: string) => call<{ sessions: Session[] }>('GET', of(name, 'sessions')),
  signOut: (name: string, confirm: Confirm) => call<{ ended: number }>('DELETE', of(name, 'sessions'), confirm),
  role: (name: string, role: Role, confirm: Confirm) => call<unknown>('POST', of(name, 'role'), { role, ...confirm }),
  rename: (name: string, to: string, confirm: Confirm) => call<unknown>('POST', of(name, 'rename'), { name: to, ...confirm }),
  close: (name: string, typed: string, confirm: Confirm) => call<unknown>('POST', of(name, 'close'), { name: typed, ...confirm }),
  deeds: (cursor?: string) => call<{ deeds: Deed[]; next: string }>('GET', `admin/deeds${search({ cursor })}`),
};

/** One user by the name; null when nobody has it. Whose name is the whole prefix comes first in the list. */
export async function userNamed(name: string): Promise<{ user: KnownUser | null }> {
  const [first] = (await admin.users(name, undefined, 1)).users;
  return { user: first?.name.toLowerCase() === name.toLowerCase() ? first : null };
}
