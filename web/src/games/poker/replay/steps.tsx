import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../../i18n';
import { money } from '../money';
import type { Replay, ReplayStep } from './replay';

/** The hand in words, a line a step; a press goes there. */
export function Steps({ replay, at, onGo }: { replay: Replay; at: number; onGo: (to: number) => void }) {
  const box = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const [list, line] = [box.current, box.current?.querySelector<HTMLElement>('[aria-current]')];
    if (list && line) list.scrollTop = line.offsetTop - list.clientHeight / 2;
  }, [at]);
  return (
    <ol class="replay-steps" ref={box} tabIndex={0} aria-label={t('replay.steps')}>
      {replay.steps.map((step, i) => (
        <li key={i}>
          <button type="button" class={step.do === 'board' ? 'is-board' : ''} aria-current={at === i + 1 ? 'step' : undefined} onClick={() => onGo(i + 1)}>
            {stepText(replay, step)}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** "Bob raises to 450". */
export function stepText(replay: Replay, step: ReplayStep): string {
  const name = replay.players.find(({ seat }) => seat === step.seat)?.name ?? '';
  const blind = replay.blinds[1];
  const amount = money(step.to ?? step.amount ?? 0, blind);
  const cards = step.cards?.join(' ') ?? '';
  if (step.do === 'board') return t('replay.do.board', { street: t(`poker.street.${replay.streets[step.street ?? 0] ?? 'flop'}`), cards });
  if (step.do === 'show') return t(step.made ? 'replay.do.show-made' : 'replay.do.show', { name, cards, made: step.made ?? '' });
  if (step.do === 'run') return t('replay.do.run', { name, n: step.amount ?? 1 });
  const words = t(`replay.do.${step.do}`, { name, amount });
  const known = words !== `replay.do.${step.do}`;
  return (known ? words : `${name}: ${step.do}`) + (step.all_in ? `, ${t('poker.seat.all-in')}` : '');
}
