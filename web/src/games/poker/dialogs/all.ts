/** Everything that opens over a table, in one chunk: the first of them fetches all. */
export { BuyDialog } from './buy';
export { ChatDrawer } from './chat';
export { KeysDialog } from './keys';
export { TableMenu } from './menu';
export { SitDialog } from './sit';
export { HistoryDrawer } from '../history/drawer';
