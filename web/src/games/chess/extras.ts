import { addMessages } from '../../i18n';
import messages from './extras.en.json';

/** What a game shows beside its board and not at once: one chunk, fetched after the page. */
export { ChatBody } from './chatbody';
export { Claims } from './claims';
export { run } from './command';
export { Again, EndCard } from './endcard';
export { Replaced } from './replaced';
export { Waiting } from './waiting';

addMessages(messages);
