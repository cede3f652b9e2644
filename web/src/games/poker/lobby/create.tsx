import { useState } from 'preact/hooks';
import { t } from '../../../i18n';
import { navigate } from '../../../router';
import { ensureUser } from '../../../store';
import { Button } from '../../../ui/button';
import { Choices, Toggle } from '../../../ui/choices';
import { Dialog } from '../../../ui/dialog';
import { Problem } from '../../../ui/refusal';
import { poker } from '../api';
import type { NewRoom } from '../api';
import { chips } from '../money';
import type { Structure, VariantName } from '../wire';

interface Wish {
  variant: VariantName;
  structure: Structure;
  bigBlind: number;
  seats: number;
  action: number;
  house: number;
  approval: boolean;
  twice: boolean;
}

const BLINDS = [10, 20, 50, 100, 200] as const;
const SEATS = [2, 4, 6, 8, 9] as const;
const TIMES = [10, 20, 30, 60] as const;
const HOUSE = [0, 1, 2, 3, 4, 5] as const;
const VARIANTS = ['holdem', 'omaha', 'omaha8'] as const;
const LIMITS = ['no-limit', 'pot-limit', 'fixed-limit'] as const;

const usual: Wish = { variant: 'holdem', structure: 'no-limit', bigBlind: 20, seats: 6, action: 20, house: 0, approval: false, twice: false };

/** What the server is asked for: a cash table with 20 to 100 big blinds. */
export function roomOf(wish: Wish): NewRoom {
  return {
    setup: {
      variant: wish.variant,
      structure: wish.structure,
      small_blind: wish.bigBlind / 2,
      big_blind: wish.bigBlind,
      moving_button: true,
      min_buy_in: 20 * wish.bigBlind,
      max_buy_in: 100 * wish.bigBlind,
      ...(wish.twice && { runs: 2 }),
    },
    room: { seats: wish.seats, action_seconds: wish.action, bank_seconds: 30, approval: wish.approval, house: Math.min(wish.house, wish.seats - 1) },
  };
}

/** A table of one's own, found by its link. */
export function CreateTable({ onClose }: { onClose: () => void }) {
  const [wish, setWish] = useState(usual);
  const [problem, setProblem] = useState<unknown>(null);
  const change = (part: Partial<Wish>): void => setWish({ ...wish, ...part });
  const create = async (): Promise<void> => {
    await ensureUser();
    const { table } = await poker.create(roomOf(wish));
    onClose();
    navigate(`/t/${table}?sit`);
  };
  return (
    <Dialog title={t('poker.lobby.private.title')} onClose={onClose}>
      <p class="hint">{t('poker.lobby.private.text')}</p>
      <Choices
        legend={t('poker.lobby.game')}
        options={VARIANTS.map((value) => ({ value, label: t(`poker.lobby.game.${value}`) }))}
        value={wish.variant}
        onChange={(variant) => change({ variant, structure: variant === 'holdem' ? 'no-limit' : 'pot-limit' })}
      />
      <Choices
        legend={t('poker.lobby.limit')}
        options={LIMITS.map((value) => ({ value, label: t(`poker.lobby.limit.${value}`) }))}
        value={wish.structure}
        onChange={(structure) => change({ structure })}
      />
      <Choices
        legend={t('poker.lobby.stakes')}
        options={BLINDS.map((value) => ({ value, label: `${chips(value / 2)}/${chips(value)}` }))}
        value={wish.bigBlind as 20}
        onChange={(bigBlind) => change({ bigBlind })}
      />
      <Choices legend={t('poker.lobby.seats')} options={SEATS.map((value) => ({ value, label: String(value) }))} value={wish.seats as 6} onChange={(seats) => change({ seats })} />
      <Choices
        legend={t('poker.lobby.time')}
        options={TIMES.map((value) => ({ value, label: t('poker.lobby.seconds', { n: value }) }))}
        value={wish.action as 20}
        onChange={(action) => change({ action })}
      />
      <Choices legend={t('poker.lobby.house')} options={HOUSE.map((value) => ({ value, label: String(value) }))} value={wish.house as 0} onChange={(house) => change({ house })} />
      <Toggle label={t('poker.lobby.approval')} checked={wish.approval} onChange={(approval) => change({ approval })} />
      <Toggle label={t('poker.lobby.twice')} checked={wish.twice} onChange={(twice) => change({ twice })} />
      {problem !== null && <Problem reason={problem} />}
      <Button kind="primary" onPress={create} onFailure={setProblem}>
        {t('poker.lobby.create')}
      </Button>
    </Dialog>
  );
}
