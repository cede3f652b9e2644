import { addMessages, t } from '../../i18n';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';
import { notices } from './notices';
import './licences.css';

addMessages(messages);

/** What of other people's work is in the client, and under which licence. */
export default function LicencesPage() {
  usePageTitle(t('licences.title'));
  return (
    <main id="main" class="licences">
      <h1>{t('licences.title')}</h1>
      <p>{t('licences.own')}</p>
      <h2>{t('licences.parts')}</h2>
      <ul>
        {notices.map(({ name, licence, holder, source, use, text }) => (
          <li key={name} class="panel">
            <h3>{name}</h3>
            <p>
              <span class="tag">{licence}</span> {use}
            </p>
            <p class="hint">{holder}</p>
            <p>
              <a href={source} rel="noreferrer">
                {source}
              </a>
            </p>
            {text && (
              <p>
                <a href={text} target="_blank">
                  {t('licences.text-of', { name })}
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href="/notice.txt" target="_blank">
          {t('licences.texts')}
        </a>
      </p>
    </main>
  );
}
