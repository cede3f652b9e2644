import type { ComponentChildren } from 'preact';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Account } from '../../people/account-api';
import { keep, useLoad } from '../../people/load';
import { withNext } from '../../people/next';
import { path, query } from '../../router';
import { me } from '../../store';
import type { User } from '../../wire';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';

export interface MyAccount {
  user: User;
  account: Account;
  /** Asks anew: something about the account is different now. */
  again: () => void;
  /** Puts in what a request answered. */
  put: (account: Account) => void;
}

/** Shows something of my account once it is known; for guests, the way to one. */
export function Members({ children }: { children: (mine: MyAccount) => ComponentChildren }) {
  const user = me.value;
  const key = user && !user.guest ? `account ${user.id}` : null;
  const { value, problem, again } = useLoad(key, account.me);
  if (user === null || user?.guest) return <Doors />;
  if (problem !== null && !value) return <Problem reason={problem} retry={again} />;
  if (!value?.account || !user) return <Skeleton height="320px" />;
  const put = (changed: Account) => {
    keep(key ?? '', { ...value, account: changed });
    again();
  };
  return <>{children({ user: value.user, account: value.account, again, put })}</>;
}

function Doors() {
  const here = path.value + query.value;
  return (
    <div class="stack">
      <p>{t('settings.signin')}</p>
      <p class="row">
        <a class="btn btn-primary" href={withNext('/signup', here)}>
          {t('settings.signin.go')}
        </a>
        <a class="btn" href={withNext('/login', here)}>
          {t('settings.signin.login')}
        </a>
      </p>
    </div>
  );
}
