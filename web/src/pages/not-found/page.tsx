import { t } from '../../i18n';
import { Message } from '../../ui/message';

export default function NotFoundPage() {
  return <Message title={t('notfound.title')} text={t('notfound.text')} />;
}
