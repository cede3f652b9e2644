import { useState } from 'preact/hooks';
import { addMessages, t } from '../../i18n';
import { nextPath, withNext } from '../../people/next';
import { navigate, query } from '../../router';
import { enter, me } from '../../store';
import { usePageTitle } from '../../ui/title';
import { CodeStep } from './code-step';
import messages from './en.json';
import { Lost } from './lost';
import { PasswordStep } from './password-step';

addMessages(messages);

/** Where the sign-in is: name and password, the second factor with its ticket, or a way around a lost password. */
type Step = { name: 'password' } | { name: 'code'; ticket: string } | { name: 'lost' };

/** Takes up the new session, and goes where the user came from. */
async function arrive(): Promise<void> {
  await enter();
  navigate(nextPath(query.peek()), { replace: true });
}

const headings = { password: 'login.title', code: 'login.code.title', lost: 'lost.title' } as const;

/** `/login`. */
export default function LoginPage() {
  const [step, setStep] = useState<Step>({ name: 'password' });
  const back = () => setStep({ name: 'password' });
  const title = t(headings[step.name]);
  usePageTitle(title);
  return (
    <main id="main" class="sheet">
      <h1>{title}</h1>
      {step.name === 'password' && <PasswordStep done={arrive} needCode={(ticket) => setStep({ name: 'code', ticket })} />}
      {step.name === 'code' && <CodeStep ticket={step.ticket} done={arrive} />}
      {step.name === 'lost' && <Lost done={arrive} />}
      <p class="form-links">
        {step.name === 'password' ? (
          <>
            <button type="button" onClick={() => setStep({ name: 'lost' })}>
              {t('login.lost')}
            </button>
            <a href={withNext('/signup', nextPath(query.value))}>{t('login.signup')}</a>
          </>
        ) : (
          <button type="button" onClick={back}>
            {t('login.back')}
          </button>
        )}
      </p>
      {step.name === 'password' && me.value?.guest && <p class="hint">{t('login.guest', { name: me.value.name })}</p>}
    </main>
  );
}
