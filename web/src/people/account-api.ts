import { call } from '../api';
import type { User } from '../wire';

/** Accounts over plain HTTP (docs/api.md). Every call rejects with `Refused`. */

export interface Site {
  sign_up: 'open' | 'closed';
  /** Whether recovery mail is sent. */
  mail: boolean;
  /** Whether there is an admin; false asks for the first-run page. */
  admin: boolean;
}

export interface NameAnswer {
  name: string;
  free: boolean;
  why?: string;
}

/** Signed in; or the second factor is still asked for. */
export type Entry = { user: User } | { need: 'totp'; ticket: string };

export type Audience = 'everyone' | 'registered' | 'nobody';

export interface Privacy {
  /** Who may challenge me, and who may write to me. */
  challenge: Audience;
  chat: Audience;
  /** Keeps from others that I am online. */
  hidden: boolean;
}

export interface Account {
  email: string;
  created_at: number;
  /** Whether there is a password, and whether a second factor. */
  password: boolean;
  totp: boolean;
  recovery_codes_left: number;
  renamed: boolean;
  privacy: Privacy;
}

export interface Session {
  id: string;
  device: string;
  browser: string;
  addr: string;
  created_at: number;
  seen_at: number;
  current?: boolean;
}

export interface Passkey {
  id: string;
  name: string;
  created_at: number;
  used_at: number;
}

/** What a token may do: over our own protocol, and over that of lichess. */
export const ownScopes = ['read', 'play', 'settings'] as const;
export const lichessScopes = ['board:play', 'bot:play', 'challenge:read', 'challenge:write', 'preference:read', 'email:read'] as const;
export const scopes = [...ownScopes, ...lichessScopes] as const;
export type Scope = (typeof scopes)[number];

export interface Token {
  id: string;
  name: string;
  scopes: Scope[];
  created_at: number;
  expires_at: number;
  used_at: number;
  /** Only in the answer that makes it. */
  token?: string;
}

/** What a passkey is asked for, as the browser takes it. */
export interface PasskeyQuestion {
  ticket: string;
  options: { publicKey: Record<string, unknown> };
}

/** Proof that it is me, where a change needs one; empty for an account without a password. */
export interface Confirm {
  password?: string;
}

export const account = {
  site: () => call<Site>('GET', 'site'),
  checkName: (name: string) => call<NameAnswer>('GET', `names/${encodeURIComponent(name)}`),
  signUp: (form: { name: string; password: string; email?: string }) => call<{ user: User }>('POST', 'signup', form),
  firstAdmin: (form: { code: string; name: string; password: string }) => call<{ user: User }>('POST', 'admin/first', form),

  login: (name: string, password: string) => call<Entry>('POST', 'login', { name, password }),
  loginCode: (ticket: string, code: string) => call<{ user: User }>('POST', 'login/totp', { ticket, code }),
  loginPasskeyOptions: () => call<PasskeyQuestion>('POST', 'login/passkey/options', {}),
  loginPasskey: (ticket: string, credential: unknown) => call<{ user: User }>('POST', 'login/passkey', { ticket, credential }),
  recoverByCode: (form: { name: string; code: string; password: string }) => call<{ user: User }>('POST', 'recovery/code', form),
  recoverByMail: (name: string) => call<unknown>('POST', 'recovery/mail', { name }),
  recoverByLink: (token: string, password: string) => call<Entry>('POST', 'recovery/link', { token, password }),

  me: () => call<{ user: User; account?: Account }>('GET', 'me'),
  change: (part: { privacy?: Privacy; email?: string } & Confirm) => call<{ user: User; account: Account }>('PATCH', 'me', part),
  password: (form: { old?: string; new: string }) => call<{ user: User }>('POST', 'me/password', form),
  rename: (name: string, confirm: Confirm) => call<{ user: User }>('POST', 'me/rename', { name, ...confirm }),
  close: (name: string, confirm: Confirm) => call<unknown>('POST', 'me/close', { name, ...confirm }),

  sessions: () => call<{ sessions: Session[] }>('GET', 'me/sessions'),
  endSession: (id: string) => call<unknown>('DELETE', `me/sessions/${id}`),
  endOthers: () => call<{ ended: number }>('DELETE', 'me/sessions'),

  passkeys: () => call<{ passkeys: Passkey[] }>('GET', 'me/passkeys'),
  passkeyOptions: (confirm: Confirm) => call<PasskeyQuestion>('POST', 'me/passkeys/options', confirm),
  addPasskey: (form: { ticket: string; name: string; credential: unknown }) => call<Passkey>('POST', 'me/passkeys', form),
  removePasskey: (id: string, confirm: Confirm) => call<unknown>('DELETE', `me/passkeys/${encodeURIComponent(id)}`, confirm),

  totp: (confirm: Confirm) => call<{ secret: string; uri: string }>('POST', 'me/totp', confirm),
  confirmTotp: (code: string) => call<{ codes: string[] }>('POST', 'me/totp/confirm', { code }),
  removeTotp: (confirm: Confirm) => call<unknown>('DELETE', 'me/totp', confirm),
  recoveryCodes: (confirm: Confirm) => call<{ codes: string[] }>('POST', 'me/recovery-codes', confirm),

  tokens: () => call<{ tokens: Token[] }>('GET', 'me/tokens'),
  makeToken: (form: { name: string; scopes: Scope[]; days: number } & Confirm) => call<Token>('POST', 'me/tokens', form),
  removeToken: (id: string) => call<unknown>('DELETE', `me/tokens/${encodeURIComponent(id)}`),

  settings: () => call<StoredSettings>('GET', 'me/settings'),
  storeSettings: (stored: StoredSettings) => call<{ version: number }>('PUT', 'me/settings', stored),
};

/** What an account keeps of the client's settings; version 0 is nothing yet. */
export interface StoredSettings {
  version: number;
  settings: Record<string, unknown>;
}

/** Where everything that is known of me is for download. */
export const exportPath = '/api/v1/me/export';
