import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { navigate } from '../router';
import { Problem } from '../ui/refusal';
import { people } from './api';
import type { FoundUser } from './api';
import { useSettled } from './form';
import { OnlineDot } from './person';
import { looksLikePrefix, moveIn } from './search-list';
import './search.css';

const PAUSE = 200;

interface Found {
  prefix: string;
  users: readonly FoundUser[];
  problem: unknown;
}

const nothing: Found = { prefix: '', users: [], problem: null };

/** Who is there whose name begins like that; the answer before stays until the next is here. */
function useFound(prefix: string): Found {
  const [found, setFound] = useState(nothing);
  const asked = useSettled(prefix, PAUSE);
  useEffect(() => {
    if (!looksLikePrefix(asked)) return setFound(nothing);
    let current = true;
    people.find(asked).then(
      ({ users }) => current && setFound({ prefix: asked, users, problem: null }),
      (problem: unknown) => current && setFound({ prefix: asked, users: [], problem }),
    );
    return () => void (current = false);
  }, [asked]);
  return found;
}

export interface SearchProps {
  /** The cursor goes into the field at once. */
  eager?: boolean;
}

/** A field that finds players by the first letters of their names: a combobox with a list below. */
export function PlayerSearch({ eager = false }: SearchProps) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { prefix, users, problem } = useFound(text.trim());
  useEffect(() => void (eager && field.current?.focus()), []);
  useEffect(() => setAt(-1), [prefix]);
  const go = (name: string | undefined) => {
    if (name === undefined) return;
    setText('');
    setOpen(false);
    navigate(`/@/${name}`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return go((users[at] ?? users[0])?.name);
    if (event.key === 'Escape') return open && text ? setText('') : field.current?.blur();
    const next = moveIn(users.length, at, event.key);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };
  const listed = open && prefix !== '' && text.trim() !== '';
  return (
    <div class="find" role="search">
      <input
        ref={field}
        class="field"
        type="text"
        role="combobox"
        aria-label={t('player.search')}
        placeholder={t('player.search')}
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={20}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <div class="find-box" hidden={!listed}>
        <ul id={`${id}-list`} role="listbox" hidden={users.length === 0} aria-label={t('player.search')}>
          {users.map((user, index) => (
            <li
              key={user.user}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => go(user.name)}
            >
              {user.online !== undefined && <OnlineDot online={user.online} />}
              <span class="clip">{user.name}</span>
            </li>
          ))}
        </ul>
        {users.length === 0 && problem === null && <p class="hint find-none">{t('player.none')}</p>}
        {problem !== null && <Problem reason={problem} />}
      </div>
      <span class="vh" role="status">
        {listed && users.length === 0 && problem === null ? t('player.none') : ''}
      </span>
    </div>
  );
}
