import { addMessages, t } from '../../i18n';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';
import { addresses, examples } from './addresses';
import './api.css';

addMessages(messages);

/** `/api`: what programs made for lichess find here. docs/lichess.md says the same. */
export default function ApiPage() {
  usePageTitle(t('api.title'));
  return (
    <main id="main" class="api">
      <h1>{t('api.title')}</h1>
      <p>{t('api.text')}</p>
      <p>
        {t('api.token')} <a href="/settings/account">{t('api.token.link')}</a>
      </p>
      <h2>{t('api.examples')}</h2>
      {examples(location.origin).map(({ name, text }) => (
        <section key={name}>
          <h3 id={`example-${name}`}>{t(`api.example.${name}`)}</h3>
          <pre tabIndex={0} role="region" aria-labelledby={`example-${name}`}>
            {text}
          </pre>
        </section>
      ))}
      <h2 id="api-addresses">{t('api.addresses')}</h2>
      <div class="api-table" tabIndex={0} role="region" aria-labelledby="api-addresses">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('api.address')}</th>
              <th scope="col">{t('api.there')}</th>
              <th scope="col">{t('api.differences')}</th>
            </tr>
          </thead>
          <tbody>
            {addresses.map(({ address, there, note }) => (
              <tr key={address}>
                <th scope="row">
                  <code>{address}</code>
                </th>
                <td>{t(there === false ? 'api.no' : 'api.yes')}</td>
                <td>{note && t(`api.note.${note}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t('api.limits')}</h2>
      <p>{t('api.limits.text')}</p>
      <h2>{t('api.own')}</h2>
      <p>
        {t('api.own.text')} <a href="/api/openapi.json">/api/openapi.json</a>
      </p>
    </main>
  );
}
