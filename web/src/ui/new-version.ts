import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import { outdated } from '../store';
import { toast } from './toasts';

let told = false;

/** Tells once of a newer client, where no game can be disturbed. */
export function useNewVersion(): void {
  const due = outdated.value;
  useEffect(() => {
    if (!due || told) return;
    told = true;
    toast({ text: t('new.version'), sticky: true, actions: [{ label: t('reload'), run: () => location.reload() }] });
  }, [due]);
}
