import type { ComponentChildren } from 'preact';
import { addMessages, t } from '../../i18n';
import type { PageProps } from '../../router';
import { me } from '../../store';
import { PageSkeleton } from '../../ui/skeleton';
import { usePageTitle } from '../../ui/title';
import NotFoundPage from '../not-found/page';
import dialogs from '../settings/account.en.json';
import '../settings/settings.css';
import './admin.css';
import { Deeds } from './deeds';
import messages from './en.json';
import { OneUser } from './user';
import { Users } from './users';

addMessages(dialogs);
addMessages(messages);

/** `/admin` and what is below it. For who is no admin there is nothing at the address. */
export default function AdminPage({ params: { part, name } }: PageProps) {
  const user = me.value;
  if (user === undefined) return <PageSkeleton />;
  if (user?.role !== 'admin') return <NotFoundPage />;
  if (part === undefined) return <Frame part="users" title={t('admin.users')} view={<Users />} />;
  if (part === 'log' && name === undefined) return <Frame part="log" title={t('admin.log')} view={<Deeds />} />;
  if (part === 'users' && name !== undefined) return <Frame part="users" title={name} view={<OneUser name={name} />} />;
  return <NotFoundPage />;
}

interface FrameProps {
  part: 'users' | 'log';
  title: string;
  view: ComponentChildren;
}

function Frame({ part, title, view }: FrameProps) {
  usePageTitle(`${title} - ${t('admin.title')}`);
  const links = [
    { name: 'users', path: '/admin' },
    { name: 'log', path: '/admin/log' },
  ];
  return (
    <main id="main" class="settings admin">
      <nav class="settings-nav" aria-label={t('admin.title')}>
        {links.map(({ name, path }) => (
          <a key={name} href={path} aria-current={name === part ? 'page' : undefined}>
            {t(`admin.${name}`)}
          </a>
        ))}
      </nav>
      <div class="settings-part">
        <h1 class="clip">{title}</h1>
        {view}
      </div>
    </main>
  );
}
