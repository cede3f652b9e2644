import { t } from '../../i18n';
import { Icon } from '../../ui/icons';
import '../../ui/game-icons';
import type { IconName } from '../../ui/icons';

export type Step = 'first' | 'back' | 'forward' | 'last';

const BUTTONS: [Step, IconName][] = [
  ['first', 'chevrons-left'],
  ['back', 'chevron-left'],
  ['forward', 'chevron-right'],
  ['last', 'chevrons-right'],
];

export interface WalkProps {
  atStart: boolean;
  atEnd: boolean;
  onStep: (step: Step) => void;
  onFlip: () => void;
}

/** The buttons to walk through the moves, and to turn the board. */
export function Walk({ atStart, atEnd, onStep, onFlip }: WalkProps) {
  const atEdge = (step: Step): boolean => (step === 'first' || step === 'back' ? atStart : atEnd);
  return (
    <div class="walk" role="toolbar" aria-label={t('chess.nav')}>
      {BUTTONS.map(([step, icon]) => (
        <button
          type="button"
          key={step}
          class={`btn icon-only walk-${step}`}
          aria-label={t(`chess.nav.${step}`)}
          aria-disabled={atEdge(step)}
          onClick={() => onStep(step)}
        >
          <Icon name={icon} size={20} />
        </button>
      ))}
      <button type="button" class="btn icon-only walk-flip" aria-label={t('chess.flip')} onClick={onFlip}>
        <Icon name="refresh-cw" />
      </button>
    </div>
  );
}
