import { addMessages, t } from '../../i18n';
import { Message } from '../../ui/message';
import messages from './en.json';

addMessages(messages);

export default function NotFoundPage() {
  return <Message title={t('notfound.title')} text={t('notfound.text')} />;
}
