import { addMessages, t } from '../../i18n';
import type { ColorChoice } from '../../wire';
import messages from './colormark.en.json';
import './css/colormark.css';

addMessages(messages);

/** Which colour somebody wants to play: a light, a dark or a half disc, with its name for who does not see it. */
export function ColorMark({ color, silent = false }: { color: ColorChoice; silent?: boolean }) {
  return (
    <>
      <span class={`color-mark color-${color}`} aria-hidden="true" />
      {!silent && <span class="vh">{t(`color.${color}`)}</span>}
    </>
  );
}
