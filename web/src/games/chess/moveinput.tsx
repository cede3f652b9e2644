import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { announce } from '../../ui/live';
import type { Live } from './live';

/** Moves and questions by keyboard: SAN, UCI and a few commands; answers are spoken and stand in the line below. */
export function MoveInput({ live }: { live: Live }) {
  const [said, setSaid] = useState('');
  const say = (text: string): void => {
    setSaid(text);
    if (text) announce(text);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('move') as HTMLInputElement;
    const line = field.value;
    void import('./extras').then(({ run }) => run(live, line)).then(say);
    field.value = '';
  };
  return (
    <form class="move-input" onSubmit={onSubmit}>
      <label class="vh" for="move-input">
        {t('chess.input')}
      </label>
      <input
        id="move-input"
        name="move"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="send"
        placeholder={t('chess.input.hint')}
        onInput={() => setSaid('')}
      />
      {said && (
        <span class="move-said" aria-hidden="true">
          {said}
        </span>
      )}
    </form>
  );
}
