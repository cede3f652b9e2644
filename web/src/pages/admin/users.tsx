import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { Field, plainText, useSettled } from '../../people/form';
import { LoadMore } from '../../people/load-more';
import { usePages } from '../../people/pages';
import { dayName } from '../../people/words';
import { query, replaceQuery } from '../../router';
import { Skeleton } from '../../ui/skeleton';
import { admin } from './api';
import type { KnownUser } from './api';

const PAUSE = 200;

/** Who has an account, by name. What is looked for stands in the address. */
export function Users() {
  const [text, setText] = useState(() => new URLSearchParams(query.peek()).get('prefix') ?? '');
  const prefix = useSettled(text.trim(), PAUSE);
  useEffect(() => replaceQuery(prefix && `?prefix=${encodeURIComponent(prefix)}`), [prefix]);
  const pages = usePages<KnownUser>(`admin users ${prefix}`, async (cursor) => {
    const { users, next } = await admin.users(prefix, cursor);
    return { items: users, next: next || null };
  });
  const users = pages.list?.items;
  return (
    <>
      <div role="search" aria-label={t('admin.users')}>
        <Field label={t('admin.find')} autocomplete="off" maxLength={20} {...plainText} value={text} onChange={setText} />
      </div>
      <p class="hint" role="status">
        {users?.length === 0 && t('admin.users.none')}
      </p>
      <section aria-busy={pages.loading}>
        {!users && pages.problem === null && <Skeleton height="320px" />}
        {users && users.length > 0 && <Table users={users} />}
        <LoadMore pages={pages} />
      </section>
    </>
  );
}

function Table({ users }: { users: readonly KnownUser[] }) {
  return (
    <table class="admin-users">
      <caption class="vh">{t('admin.users')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('admin.name')}</th>
          <th scope="col">{t('admin.role')}</th>
          <th scope="col">{t('admin.since')}</th>
        </tr>
      </thead>
      <tbody>
        {users.map(({ id, name, role, created_at }) => (
          <tr key={id}>
            <td>
              <a class="person" href={`/admin/users/${name}`}>
                {name}
              </a>
            </td>
            <td>{role === 'user' ? '' : <span class="tag">{t(`admin.role.${role}`)}</span>}</td>
            <td class="num hint">{dayName(created_at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
