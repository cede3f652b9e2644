/** The wire contract of docs/protocol.md: what the server says, what the client says, and the check between. */
export * from './wire/server';
export * from './wire/table';
export * from './wire/lobby';
export * from './wire/client';
export { parseServer, isServerType } from './wire/parse';
