import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import { Field, Form, FormProblem, PasswordField, plainText } from '../../people/form';
import { offersPasskeys, passkeysPossible, wasTurnedDown } from '../../people/passkey';
import { Button } from '../../ui/button';

export interface StepProps {
  done: () => Promise<void>;
  needCode: (ticket: string) => void;
}

/** Before the ticket of a quiet question is five minutes old, another is asked. */
const RENEW = 4 * 60 * 1000;

/** Name and password, or a passkey, which needs neither. */
export function PasswordStep({ done, needCode }: StepProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const ask = usePasskeys(done, setProblem);
  const submit = async () => {
    setProblem(null);
    const entry = await account.login(name.trim(), password);
    if ('need' in entry) return needCode(entry.ticket);
    await done();
  };
  return (
    <div class="panel">
      <Form submit={submit} label={t('login.go')} disabled={name.trim() === '' || password === ''}>
        <Field
          label={t('form.name')}
          name="username"
          autocomplete="username webauthn"
          required
          {...plainText}
          value={name}
          onChange={setName}
        />
        <PasswordField name="password" required value={password} onChange={setPassword} />
      </Form>
      {problem !== null && <FormProblem reason={problem} />}
      {passkeysPossible() ? (
        <>
          <p class="or">{t('login.or')}</p>
          <Button onPress={ask} onFailure={setProblem}>
            {t('login.passkey')}
          </Button>
        </>
      ) : (
        <p class="hint">{t('form.lan')}</p>
      )}
    </div>
  );
}

/**
 * Passkeys stand among the names that the browser offers for the form, and behind the button. Only one question may be open
 * in a browser, so the button takes the quiet one back.
 */
function usePasskeys(done: () => Promise<void>, failed: (reason: unknown) => void): () => void {
  const open = useRef<AbortController | null>(null);
  const ask = async (quiet: boolean) => {
    open.current?.abort();
    const controller = new AbortController();
    open.current = controller;
    try {
      const { getPasskey } = await import('../../people/ceremony');
      const { ticket, options } = await account.loginPasskeyOptions();
      if (controller.signal.aborted) return;
      const credential = await getPasskey(options.publicKey, { signal: controller.signal, quiet });
      await account.loginPasskey(ticket, credential);
      await done();
    } catch (reason) {
      if (!wasTurnedDown(reason) && !(quiet && open.current !== controller)) failed(reason);
      if (!quiet && !controller.signal.aborted) void ask(true);
    }
  };
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    let gone = false;
    void offersPasskeys().then((offered) => {
      if (!offered || gone) return;
      void ask(true);
      timer = setInterval(() => void ask(true), RENEW);
    });
    return () => {
      gone = true;
      clearInterval(timer);
      open.current?.abort();
    };
  }, []);
  return () => void ask(false);
}
