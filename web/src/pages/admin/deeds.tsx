import type { ComponentChildren } from 'preact';
import { t } from '../../i18n';
import { LoadMore } from '../../people/load-more';
import { usePages } from '../../people/pages';
import { momentName } from '../../people/words';
import { Skeleton } from '../../ui/skeleton';
import { admin } from './api';
import type { Deed, DeedPerson } from './api';
import { filled } from './filled';

/** Who did what to whose account, the newest first. */
export function Deeds() {
  const pages = usePages<Deed>('admin log', async (cursor) => {
    const { deeds, next } = await admin.deeds(cursor);
    return { items: deeds, next: next || null };
  });
  const deeds = pages.list?.items;
  return (
    <section aria-label={t('admin.log')} aria-busy={pages.loading}>
      <p class="hint">{t('admin.log.note')}</p>
      {!deeds && pages.problem === null && <Skeleton height="320px" />}
      {deeds?.length === 0 && <p class="empty">{t('admin.log.none')}</p>}
      <ol class="admin-log">
        {deeds?.map((deed, index) => (
          <Entry key={index} deed={deed} />
        ))}
      </ol>
      <LoadMore pages={pages} />
    </section>
  );
}

function Entry({ deed }: { deed: Deed }) {
  const { at, actor, subject, outcome } = deed;
  return (
    <li>
      <time class="hint num" dateTime={new Date(at).toISOString()}>
        {momentName(at)}
      </time>
      <span>
        {outcome !== 'done' && <span class={`tag is-${outcome}`}>{t(`admin.outcome.${outcome}`)}</span>}{' '}
        {filled(textOf(deed), {
          actor: actor ? <Person person={actor} /> : t('admin.host'),
          subject: subject ? <Person person={subject} /> : '?',
        })}
      </span>
    </li>
  );
}

/** The sentence of a deed, with `{actor}` and `{subject}` still in it. */
function textOf({ what, detail }: Deed): string {
  const key = `admin.deed.${what}`;
  switch (what) {
    case 'role':
      return t(key, { role: t(`admin.role.${detail}`) });
    case 'rename':
      return detail ? t(key, { old: detail }) : t('admin.deed.rename.forgotten');
    default:
      return t(key);
  }
}

/** Somebody by name; who closed the account is left with the id alone. */
function Person({ person: { id, name } }: { person: DeedPerson }): ComponentChildren {
  if (!name) return <span>{t('admin.closed', { id })}</span>;
  return (
    <a class="person" href={`/admin/users/${name}`}>
      {name}
    </a>
  );
}
