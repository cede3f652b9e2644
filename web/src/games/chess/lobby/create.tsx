import { useState } from 'preact/hooks';
import { api } from '../../../api';
import { addMessages, t } from '../../../i18n';
import { myRating, myRatings } from '../../../people/my-ratings';
import { navigate } from '../../../router';
import { ensureUser, me } from '../../../store';
import type { ColorChoice } from '../../../wire';
import { Button } from '../../../ui/button';
import { Choices } from '../../../ui/choices';
import { ColorMark } from '../colormark';
import { Dialog } from '../../../ui/dialog';
import { Problem } from '../../../ui/refusal';
import messages from './create.en.json';
import { fault, loadForm, ratingKey, saveForm, settled, toSeek, toTable } from './create-form';
import type { Form, Opponent } from './create-form';
import { chess } from '../entry';
import type { ChallengeProps } from '../../entry';
import { BotLevel } from './bot-level';
import { RatingRange } from './rating-range';
import { offer } from '../../../seeks';
import { TimeFields } from './time-fields';
import './create.css';

addMessages(messages);

export interface CreateDialogProps {
  /** Chosen already by how the dialog was opened; null takes the last one. */
  opponent: Opponent | null;
  onClose: () => void;
  /** The challenge stands in the list of the lobby now. */
  onListed?: () => void;
  /** The name of who is challenged; then there is no choice of an opponent. */
  invited?: string;
}

/** Makes the game; leads to it, unless it is a challenge that waits in the lobby. */
async function create(form: Form, invited?: string): Promise<'listed' | 'made'> {
  saveForm(form);
  if (form.opponent === 'anyone') {
    await offer(toSeek(form, myRatings.value && myRating(ratingKey(form)).rating));
    return 'listed';
  }
  await ensureUser();
  const { table } = await api.newTable(toTable(form, invited));
  navigate(chess.path(table));
  return 'made';
}

export function CreateDialog({ opponent, onClose, onListed, invited }: CreateDialogProps) {
  const [raw, setForm] = useState<Form>(() => ({ ...loadForm(), ...(opponent && { opponent }) }));
  const [problem, setProblem] = useState<unknown>(null);
  const form = settled(raw);
  const change = (part: Partial<Form>) => {
    setForm({ ...raw, ...part });
    setProblem(null);
  };
  const submit = async () => {
    setProblem(null);
    const outcome = await create(form, invited);
    onClose();
    if (outcome === 'listed') onListed?.();
  };
  const wrong = fault(form);
  return (
    <Dialog title={invited === undefined ? t('create.head') : t('create.head.invited', { name: invited })} onClose={onClose} class="create-dialog">
      {invited === undefined && <OpponentChoice form={form} change={change} />}
      {form.opponent === 'house' && <BotLevel level={form.level} onChange={(level) => change({ level })} />}
      <VariantChoice form={form} change={change} />
      <TimeFields form={form} change={change} />
      <ColorChoiceCards form={form} change={change} />
      {form.opponent !== 'house' && <RatedChoice form={form} change={change} />}
      {form.opponent === 'anyone' && myRatings.value && <RatingRange form={form} change={change} />}
      <div class="create-foot">
        {wrong && <p class={wrong === 'create.nofen' ? 'hint' : 'problem'}>{t(wrong)}</p>}
        {problem !== null && <Problem reason={problem} />}
        <Button kind="primary" class="create-go" disabled={wrong !== null} onPress={submit} onFailure={setProblem}>
          {t(invited === undefined ? `create.go.${form.opponent}` : 'create.go.user')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Challenges a player by name, with the same choices but for the opponent. */
export function ChallengeDialog(props: ChallengeProps) {
  return <CreateDialog opponent="friend" {...props} />;
}

export interface PartProps {
  form: Form;
  change: (part: Partial<Form>) => void;
}

function OpponentChoice({ form, change }: PartProps) {
  return (
    <Choices
      legend={t('create.opponent')}
      look="cards"
      value={form.opponent}
      onChange={(opponent) => change({ opponent })}
      options={[
        { value: 'anyone', label: t('create.anyone'), note: t('create.anyone.note') },
        { value: 'friend', label: t('create.friend.short'), note: t('create.friend.note') },
        { value: 'house', label: t('create.bot.short'), note: t('create.bot.note') },
      ]}
    />
  );
}

function VariantChoice({ form, change }: PartProps) {
  const own = form.opponent !== 'anyone';
  return (
    <div class="stack">
      <Choices
        legend={t('create.variant')}
        value={form.variant}
        onChange={(variant) => change({ variant })}
        options={[
          { value: 'standard', label: t('variant.standard') },
          { value: 'chess960', label: t('variant.chess960') },
          ...(own ? [{ value: 'fen' as const, label: t('variant.fen') }] : []),
        ]}
      />
      {form.variant === 'fen' && (
        <input
          class="field"
          aria-label={t('create.fen')}
          placeholder={t('create.fen')}
          spellcheck={false}
          autocomplete="off"
          value={form.fen}
          onInput={(event) => change({ fen: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

function ColorChoiceCards({ form, change }: PartProps) {
  const card = (color: ColorChoice) => ({
    value: color,
    label: (
      <>
        <ColorMark color={color} silent /> {t(`color.${color}`)}
      </>
    ),
  });
  return (
    <Choices
      legend={t('create.color')}
      look="cards"
      value={form.color}
      onChange={(color) => change({ color })}
      options={[card('white'), card('random'), card('black')]}
    />
  );
}

function RatedChoice({ form, change }: PartProps) {
  const guest = me.value?.guest ?? true;
  const unfit = form.opponent === 'friend' && ((!form.clock && form.days === 0) || form.variant === 'fen');
  return (
    <div class="stack">
      <Choices
        legend={t('create.mode')}
        value={form.rated && !guest ? 'rated' : 'casual'}
        onChange={(mode) => change({ rated: mode === 'rated' })}
        options={[
          { value: 'casual', label: t('mode.casual') },
          { value: 'rated', label: t('mode.rated'), disabled: guest || unfit },
        ]}
      />
      {guest && <p class="hint">{t('create.rated.guests')}</p>}
      {!guest && unfit && <p class="hint">{t('create.rated.unfit')}</p>}
    </div>
  );
}
