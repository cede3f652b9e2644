import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { useLoad } from '../../people/load';
import { dayName } from '../../people/words';
import { restartSocket } from '../../socket';
import { me } from '../../store';
import { Choices } from '../../ui/choices';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';
import { Block } from '../settings/block';
import { ConfirmDialog } from '../settings/confirm';
import { Members } from '../settings/members';
import type { MyAccount } from '../settings/members';
import { admin, roles, userNamed } from './api';
import type { KnownUser, Role } from './api';
import { CloseUser } from './close';
import { RenameUser } from './rename';
import { SessionsOf } from './sessions';

/** What a block on the page of one user works with. */
export interface UserProps {
  mine: MyAccount;
  of: KnownUser;
  /** Asks anew: something about the user is different now. */
  changed: () => void;
}

/** One user, and what an admin can do about them. */
export function OneUser({ name }: { name: string }) {
  const { value, problem, again } = useLoad(`admin user ${name}`, () => userNamed(name));
  if (problem !== null && !value) return <Problem reason={problem} retry={again} />;
  if (!value) return <Skeleton height="320px" />;
  const { user: of } = value;
  if (!of) return <p>{t('admin.user.none')}</p>;
  const changed = () => {
    if (of.id === me.peek()?.id) restartSocket(); // it knows me as I was
    again();
  };
  return (
    <Members>
      {(mine) => (
        <>
          <p class="row hint">
            {t('admin.user.facts', { id: of.id, day: dayName(of.created_at) })} <a href={`/@/${of.name}`}>{t('admin.user.profile')}</a>
          </p>
          <RoleOf mine={mine} of={of} changed={changed} />
          <SessionsOf mine={mine} of={of} changed={changed} />
          <RenameUser mine={mine} of={of} changed={changed} />
          <CloseUser mine={mine} of={of} changed={changed} />
        </>
      )}
    </Members>
  );
}

function RoleOf({ mine, of, changed }: UserProps) {
  const [wish, setWish] = useState<Role | null>(null);
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState('');
  const role = wish ?? of.role;
  const close = () => setOpen(false);
  return (
    <Block title={t('admin.role')} note={t(`admin.role.${role}.note`)}>
      <Choices
        legend={t('admin.role')}
        quiet
        value={role}
        onChange={(next) => {
          setWish(next);
          setDone('');
        }}
        options={roles.map((value) => ({ value, label: t(`admin.role.${value}`) }))}
      />
      <p>
        <button type="button" class="btn" disabled={role === of.role} onClick={() => setOpen(true)}>
          {t('admin.role.go')}
        </button>
      </p>
      <p class="is-good" role="status">
        {done && t('admin.role.done', { name: of.name, role: t(`admin.role.${done}`) })}
      </p>
      {open && (
        <ConfirmDialog
          account={mine.account}
          title={t('admin.role.title', { name: of.name, role: t(`admin.role.${role}`) })}
          label={t('admin.role.go')}
          run={async (confirm) => {
            await admin.role(of.name, role, confirm);
            return () => {
              setDone(role);
              changed();
            };
          }}
          onClose={close}
        />
      )}
    </Block>
  );
}
