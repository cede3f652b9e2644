import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { account, lichessScopes, ownScopes, scopes } from '../../people/account-api';
import type { Confirm, Scope, Token } from '../../people/account-api';
import { Field } from '../../people/form';
import { useLoad } from '../../people/load';
import { dayName } from '../../people/words';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Problem } from '../../ui/refusal';
import { Block } from './block';
import type { MineProps } from './block';
import { ConfirmDialog } from './confirm';
import { CopyButton } from './copy';
import type { TokenWish } from './token-wish';
import { usedText } from './used';

/** Keys for programs. */
export function Tokens({ mine }: MineProps) {
  const { value, problem, again } = useLoad('tokens', account.tokens);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Token | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const remove = async (id: string) => {
    setFailure(null);
    await account.removeToken(id);
    again();
  };
  const show = (token: Token) => {
    again();
    setMade(token);
  };
  return (
    <Block title={t('account.tokens')} note={t('account.tokens.text')}>
      {problem !== null && <Problem reason={problem} retry={again} />}
      <ul class="rows">
        {value?.tokens.map((token) => (
          <li key={token.id}>
            <span>
              {token.name}
              <small>
                {t('account.token.facts', { scopes: token.scopes.join(', '), day: dayName(token.expires_at), used: usedText(token.used_at) })}
              </small>
            </span>
            <Button onPress={() => remove(token.id)} onFailure={setFailure} aria-label={t('account.token.remove', { name: token.name })}>
              {t('account.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {failure !== null && <Problem reason={failure} />}
      <p class="row">
        <button type="button" class="btn" onClick={() => setMaking(true)}>
          {t('account.token.add')}
        </button>
        <a href="/api">{t('account.tokens.api')}</a>
      </p>
      {making && <MakeToken mine={mine} made={show} onClose={() => setMaking(false)} />}
      {made && (
        <Dialog title={made.name} onClose={() => setMade(null)}>
          <Secret token={made} />
        </Dialog>
      )}
    </Block>
  );
}

/** The text of a token, which is told once. */
export function Secret({ token: { token } }: { token: Token }) {
  if (!token) return null;
  return (
    <>
      <p>{t('account.shown.once')}</p>
      <p class="secret">{token}</p>
      <p class="row">
        <CopyButton text={token} />
      </p>
    </>
  );
}

const LONGEST = 365;

const usual: TokenWish = { name: '', scopes: ['read'], unknown: [] };

interface MakeProps extends MineProps {
  made: (token: Token) => void;
  onClose: () => void;
  /** What the fields hold at first. */
  wish?: TokenWish;
}

export function MakeToken({ mine, made, onClose, wish = usual }: MakeProps) {
  const [name, setName] = useState(wish.name);
  const [days, setDays] = useState('90');
  const [chosen, setChosen] = useState<readonly Scope[]>(wish.scopes);
  const n = Number(days);
  const ready = name.trim() !== '' && Number.isInteger(n) && n >= 1 && n <= LONGEST && chosen.length > 0;
  const run = async (confirm: Confirm) => {
    const token = await account.makeToken({ name: name.trim(), scopes: [...chosen], days: n, ...confirm });
    return () => made(token);
  };
  const toggle = (scope: Scope) => setChosen(scopes.filter((one) => (one === scope ? !chosen.includes(one) : chosen.includes(one))));
  return (
    <ConfirmDialog account={mine.account} title={t('account.token.add')} label={t('account.token.add')} ready={ready} run={run} onClose={onClose}>
      {wish.unknown.length > 0 && <p class="hint">{t('account.token.unknown', { scopes: wish.unknown.join(', ') })}</p>}
      <Field label={t('account.token.name')} maxLength={40} value={name} onChange={setName} />
      <Scopes title={t('account.token.scopes')} among={ownScopes} chosen={chosen} toggle={toggle} />
      <Scopes title={t('account.token.scopes.lichess')} among={lichessScopes} chosen={chosen} toggle={toggle} />
      <Field label={t('account.token.days')} type="number" value={days} onChange={setDays} />
    </ConfirmDialog>
  );
}

interface ScopesProps {
  title: string;
  among: readonly Scope[];
  chosen: readonly Scope[];
  toggle: (scope: Scope) => void;
}

function Scopes({ title, among, chosen, toggle }: ScopesProps) {
  return (
    <fieldset class="checks">
      <legend class="hint">{title}</legend>
      {among.map((scope) => (
        <label key={scope}>
          <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} /> {t(`scope.${scope}`)}
        </label>
      ))}
    </fieldset>
  );
}
