import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { account } from './account-api';
import type { NameAnswer } from './account-api';
import { Field, plainText, useSettled } from './form';
import { leastPassword, strength } from './strength';

/** So long nobody types, and the name is asked for. */
const PAUSE = 350;

export interface NewNameProps {
  value: string;
  onChange: (value: string) => void;
  label?: string;
}

/** Whether a name may be one at all; the server knows which are taken. */
export function looksLikeName(name: string): boolean {
  return /^[A-Za-z0-9_-]{2,20}$/.test(name);
}

/** A new name, with a look while it is typed at whether it is free. */
export function NewName({ value, onChange, label = t('form.name') }: NewNameProps) {
  const [known, setKnown] = useState<NameAnswer | null>(null);
  const asked = useSettled(value, PAUSE);
  useEffect(() => {
    let current = true;
    if (looksLikeName(asked)) account.checkName(asked).then((answer) => current && setKnown(answer), () => current && setKnown(null));
    return () => void (current = false);
  }, [asked]);
  const answer = known?.name === value ? known : null;
  const odd = value !== '' && !looksLikeName(value) && value === asked;
  return (
    <Field
      label={label}
      name="username"
      autocomplete="username"
      maxLength={20}
      required
      {...plainText}
      value={value}
      onChange={(text) => onChange(text.trim())}
      hint={answer?.free ? <span class="is-good">{t('form.name.free', { name: value })}</span> : t('form.name.hint')}
      fault={odd ? t('form.name.hint') : answer && !answer.free ? (answer.why ?? null) : null}
    />
  );
}

export interface NewPasswordProps {
  value: string;
  onChange: (value: string) => void;
  /** Words of the user, which make a bad password. */
  own?: readonly string[];
  label?: string;
}

/** A new password, with how good it is. */
export function NewPassword({ value, onChange, own = [], label = t('form.password') }: NewPasswordProps) {
  const grade = strength(value, own);
  const missing = leastPassword - [...value].length;
  return (
    <div class="stack">
      <Field
        label={label}
        name="password"
        type="password"
        autocomplete="new-password"
        required
        value={value}
        onChange={onChange}
        hint={t('form.password.hint', { n: leastPassword })}
      />
      {value !== '' && (
        <p class={`strength is-${grade}`} role="status">
          <span class="strength-bar" aria-hidden="true" />
          {grade === 'short' ? t('form.strength.short', { n: missing }) : t(`form.strength.${grade}`)}
        </p>
      )}
    </div>
  );
}
