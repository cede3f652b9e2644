import { useState } from 'preact/hooks';
import { call } from '../../api';
import { addMessages, t } from '../../i18n';
import { useLoad } from '../../people/load';
import { withNext } from '../../people/next';
import { path, query } from '../../router';
import { me } from '../../store';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/refusal';
import { Skeleton } from '../../ui/skeleton';
import { usePageTitle } from '../../ui/title';
import messages from './en.json';
import './oauth.css';

addMessages(messages);

/** What a program asks for, as it stands in the address (docs/lichess.md). */
const fields = ['response_type', 'client_id', 'redirect_uri', 'code_challenge', 'code_challenge_method', 'scope', 'state'] as const;
type Wish = Record<(typeof fields)[number], string>;

function wishOf(search: string): Wish {
  const given = new URLSearchParams(search);
  return Object.fromEntries(fields.map((name) => [name, given.get(name) ?? ''])) as Wish;
}

interface Asked {
  client: string;
  scopes: string[];
  /** Where the browser goes when the answer is no. */
  denied: string;
}

/** `/oauth`: whether a program may act for me. */
export default function OAuthPage() {
  const title = t('oauth.title');
  usePageTitle(title);
  const user = me.value;
  return (
    <main id="main" class="sheet oauth">
      <h1>{title}</h1>
      {user && !user.guest ? <Question wish={wishOf(query.value)} name={user.name} /> : <SignIn />}
    </main>
  );
}

function SignIn() {
  const here = path.value + query.value;
  return (
    <div class="panel">
      <p>{t('oauth.signin')}</p>
      <p class="row">
        <a class="btn btn-primary" href={withNext('/login', here)}>
          {t('oauth.login')}
        </a>
        <a class="btn" href={withNext('/signup', here)}>
          {t('oauth.signup')}
        </a>
      </p>
    </div>
  );
}

function Question({ wish, name }: { wish: Wish; name: string }) {
  const { value, problem } = useLoad(`oauth ${JSON.stringify(wish)}`, () => call<Asked>('POST', 'me/grants/check', wish));
  const [failure, setFailure] = useState<unknown>(null);
  const allow = async () => {
    const { allowed } = await call<{ allowed: string }>('POST', 'me/grants', wish);
    location.assign(allowed);
  };
  if (problem !== null) return <Refusal reason={problem} />;
  if (!value) return <Skeleton height="240px" />;
  return (
    <div class="panel">
      <p>{t('oauth.asks', { client: value.client, name })}</p>
      <ul>
        {value.scopes.map((scope) => (
          <li key={scope}>{t(`oauth.scope.${scope}`)}</li>
        ))}
      </ul>
      <p class="hint">{t('oauth.goes', { place: placeOf(wish.redirect_uri) })}</p>
      {failure !== null && <Problem reason={failure} />}
      <p class="row">
        <Button kind="primary" onPress={allow} onFailure={setFailure}>
          {t('oauth.allow')}
        </Button>
        <Button onPress={() => location.assign(value.denied)}>{t('oauth.deny')}</Button>
      </p>
    </div>
  );
}

/** A wish that cannot be granted: the browser stays here, as nobody knows where it would go. */
function Refusal({ reason }: { reason: unknown }) {
  return (
    <div class="panel">
      <p>{t('oauth.bad')}</p>
      <Problem reason={reason} />
    </div>
  );
}

/** What a person can know a place by. */
function placeOf(redirect: string): string {
  try {
    const { protocol, host } = new URL(redirect);
    return host || protocol;
  } catch {
    return redirect;
  }
}
