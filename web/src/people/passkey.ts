/** Whether this browser has passkeys (WebAuthn) for this page; using one is in `ceremony`. */

/** Browsers have passkeys only over HTTPS or on localhost, and for a host that has a name. */
export function passkeysPossible(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && isSecureContext && isHostName(location.hostname);
}

/** Whether a host is a name, and not the number of an address. */
export function isHostName(host: string): boolean {
  return !/^[\d.]+$|^\[/.test(host);
}

/** Whether the browser offers passkeys among the names of the login form. */
export async function offersPasskeys(): Promise<boolean> {
  if (!passkeysPossible()) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
}

/** Whether a rejection only says that the user closed the browser's dialog, or that the page took its question back. */
export function wasTurnedDown(reason: unknown): boolean {
  return reason instanceof DOMException && (reason.name === 'NotAllowedError' || reason.name === 'AbortError');
}
