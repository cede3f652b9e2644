import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account } from '../../people/account-api';
import type { Confirm, Passkey } from '../../people/account-api';
import { Field } from '../../people/form';
import { useLoad } from '../../people/load';
import { passkeysPossible } from '../../people/passkey';
import { dayName } from '../../people/words';
import { Problem } from '../../ui/refusal';
import { Block } from './block';
import type { MineProps } from './block';
import { ConfirmDialog } from './confirm';
import { usedText } from './used';

/** Ways in without a password. */
export function Passkeys({ mine }: MineProps) {
  const { value, problem, again } = useLoad('passkeys', account.passkeys);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const remove = async (confirm: Confirm) => {
    if (leaving) await account.removePasskey(leaving.id, confirm);
    again();
  };
  return (
    <Block title={t('account.passkeys')}>
      {problem !== null && <Problem reason={problem} retry={again} />}
      {value?.passkeys.length === 0 && <p class="hint">{t('account.passkeys.none')}</p>}
      <ul class="rows">
        {value?.passkeys.map((passkey) => (
          <li key={passkey.id}>
            <span>
              {passkey.name}
              <small>{t('account.passkey.facts', { made: dayName(passkey.created_at), used: usedText(passkey.used_at) })}</small>
            </span>
            <button type="button" class="btn" aria-label={t('account.passkey.remove', { name: passkey.name })} onClick={() => setLeaving(passkey)}>
              {t('account.remove')}
            </button>
          </li>
        ))}
      </ul>
      {passkeysPossible() ? (
        <p>
          <button type="button" class="btn" onClick={() => setAdding(true)}>
            {t('account.passkey.add')}
          </button>
        </p>
      ) : (
        <p class="hint">{t('form.lan')}</p>
      )}
      {adding && <AddPasskey mine={mine} added={again} onClose={() => setAdding(false)} />}
      {leaving && (
        <ConfirmDialog
          account={mine.account}
          title={t('account.passkey.remove', { name: leaving.name })}
          label={t('account.remove')}
          danger
          run={remove}
          onClose={() => setLeaving(null)}
        />
      )}
    </Block>
  );
}

function AddPasskey({ mine, added, onClose }: MineProps & { added: () => void; onClose: () => void }) {
  const [name, setName] = useState(t('account.passkey.default'));
  const run = async (confirm: Confirm) => {
    const { ticket, options } = await account.passkeyOptions(confirm);
    const { makePasskey } = await import('../../people/ceremony');
    const credential = await makePasskey(options.publicKey);
    await account.addPasskey({ ticket, name: name.trim(), credential });
    added();
  };
  return (
    <ConfirmDialog account={mine.account} title={t('account.passkey.add')} label={t('account.add')} ready={name.trim() !== ''} run={run} onClose={onClose}>
      <Field label={t('account.passkey.name')} maxLength={40} value={name} onChange={setName} />
    </ConfirmDialog>
  );
}
