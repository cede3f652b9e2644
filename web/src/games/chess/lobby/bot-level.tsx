import { useEffect, useState } from 'preact/hooks';
import { api } from '../../../api';
import type { HouseLevel } from '../../../api';
import { t } from '../../../i18n';
import { Choices } from '../../../ui/choices';
import { Problem } from '../../../ui/refusal';
import { Skeleton } from '../../../ui/skeleton';

/** Kept for the life of the page: levels change with the server only. */
let known: HouseLevel[] | null = null;

/** Which house player; the server says which there are. */
export function BotLevel({ level, onChange }: { level: number; onChange: (level: number) => void }) {
  const [levels, setLevels] = useState(known);
  const [problem, setProblem] = useState<unknown>(null);
  const load = async () => {
    setProblem(null);
    try {
      known = (await api.house()).levels;
      setLevels(known);
    } catch (reason) {
      setProblem(reason);
    }
  };
  useEffect(() => {
    if (!known) void load();
  }, []);
  useEffect(() => {
    const first = levels?.[0];
    if (first && !levels.some((one) => one.level === level)) onChange(first.level);
  }, [levels]);
  if (problem !== null) return <Problem reason={problem} retry={load} />;
  if (!levels) return <Skeleton height="64px" />;
  const name = levels.find((one) => one.level === level)?.name;
  return (
    <div class="stack">
      <Choices
        legend={t('create.level')}
        value={level}
        onChange={onChange}
        options={levels.map((one) => ({ value: one.level, label: String(one.level) }))}
      />
      {name && <p class="hint">{name}</p>}
    </div>
  );
}
