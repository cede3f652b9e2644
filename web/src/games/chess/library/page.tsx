import { addMessages, t } from '../../../i18n';
import { withNext } from '../../../people/next';
import { me } from '../../../store';
import { Skeleton } from '../../../ui/skeleton';
import { usePageTitle } from '../../../ui/title';
import { Bring } from './bring';
import messages from './en.json';
import { Games } from './games';
import { Imports, useImports } from './imports';
import './library.css';

addMessages(messages);

/** `/library`: games that were played elsewhere, brought here in files of PGN. */
export default function LibraryPage() {
  usePageTitle(t('library.title'));
  const user = me.value;
  return (
    <main id="main" class="library">
      <h1>{t('library.title')}</h1>
      <p class="hint">{t('library.text')}</p>
      {user === undefined && <Skeleton height="320px" />}
      {user !== undefined && (!user || user.guest) && <Members />}
      {user && !user.guest && <Mine name={user.name} />}
    </main>
  );
}

function Members() {
  return (
    <p class="empty row">
      {t('library.members')}
      <a class="btn btn-primary" href={withNext('/signup', '/library')}>
        {t('library.signup')}
      </a>
      <a class="btn" href={withNext('/login', '/library')}>
        {t('library.login')}
      </a>
    </p>
  );
}

function Mine({ name }: { name: string }) {
  const imports = useImports();
  const added = imports.list?.reduce((sum, one) => sum + one.added, 0) ?? 0;
  return (
    <>
      <Bring brought={imports.again} />
      <Imports imports={imports} />
      <Games name={name} added={added} />
    </>
  );
}
