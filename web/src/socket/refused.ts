import type { ErrorCode, ErrorMessage } from '../wire';

/** Why something asked for did not happen: a code of the protocol, or `offline` when there was no answer. */
export type RefusalCode = ErrorCode | 'offline';

/** The error that requests and actions end with; `message` is a sentence for the player. */
export class Refused extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly retryMs = 0,
    /** Of plain HTTP; 0 for an answer of the socket. */
    readonly status = 0,
  ) {
    super(message);
    this.name = 'Refused';
  }

  static from(error: ErrorMessage): Refused {
    return new Refused(error.code, error.message, error.retry_ms ?? 0);
  }

  /** Whether the same message with the same id may be sent again. */
  get again(): boolean {
    return this.code === 'too-fast' || this.code === 'busy' || this.code === 'internal';
  }
}
