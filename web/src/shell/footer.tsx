import { t } from '../i18n';

export function Footer() {
  return (
    <footer class="foot">
      <span>{t('foot.source')}</span>
      <a href="/licences">{t('foot.licences')}</a>
    </footer>
  );
}
