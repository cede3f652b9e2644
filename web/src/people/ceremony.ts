/** Asking the browser for a passkey, and having it make one: fetched when that is done. JSON at both ends, as the server speaks it. */

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export function toText(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

type Listed = { id: string; type: 'public-key' }[];

function listed(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Listed).map((one) => ({ ...one, id: toBytes(one.id) }));
}

/** Options as JSON into what `navigator.credentials.get` takes. */
function requestOptions(json: Record<string, unknown>): PublicKeyCredentialRequestOptions {
  const native = PublicKeyCredential.parseRequestOptionsFromJSON;
  if (typeof native === 'function') return native.call(PublicKeyCredential, json as never);
  return { ...json, challenge: toBytes(String(json['challenge'])), allowCredentials: listed(json['allowCredentials']) };
}

/** Options as JSON into what `navigator.credentials.create` takes. */
function creationOptions(json: Record<string, unknown>): PublicKeyCredentialCreationOptions {
  const native = PublicKeyCredential.parseCreationOptionsFromJSON;
  if (typeof native === 'function') return native.call(PublicKeyCredential, json as never);
  const user = json['user'] as { id: string; name: string; displayName: string };
  return {
    ...(json as unknown as PublicKeyCredentialCreationOptions),
    challenge: toBytes(String(json['challenge'])),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: listed(json['excludeCredentials']),
  };
}

/** The fields of an authenticator's answer that are bytes, under their names in JSON. */
const bytes = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const;

function toJson(credential: PublicKeyCredential): unknown {
  if (typeof credential.toJSON === 'function') return credential.toJSON();
  const response: Record<string, string> = {};
  for (const name of bytes) {
    const value = (credential.response as unknown as Record<string, unknown>)[name];
    if (value instanceof ArrayBuffer) response[name] = toText(value);
  }
  const { id, type } = credential;
  return { id, rawId: toText(credential.rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() };
}

function answered(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('', 'NotAllowedError');
  return toJson(credential);
}

export interface GetOptions {
  signal: AbortSignal;
  /** Waits in the name field of the form instead of opening the browser's dialog. */
  quiet?: boolean;
}

/** Asks the browser for one of its passkeys. Rejects when the user turns it down. */
export async function getPasskey(json: Record<string, unknown>, { signal, quiet = false }: GetOptions): Promise<unknown> {
  const publicKey = requestOptions(json);
  return answered(await navigator.credentials.get({ publicKey, signal, ...(quiet && { mediation: 'conditional' as const }) }));
}

/** Has the browser make a passkey. Rejects when the user turns it down. */
export async function makePasskey(json: Record<string, unknown>): Promise<unknown> {
  return answered(await navigator.credentials.create({ publicKey: creationOptions(json) }));
}
